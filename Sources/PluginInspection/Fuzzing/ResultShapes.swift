import MCP
import RoostJSON

/// The results of the methods that plugins answer, as JSON Schemas (MCP 2026-07-28).
enum ResultShapes {
    /// What a result of a subject's method must be; nil never, as every text here compiles.
    static func shape(of kind: FuzzSubject.Kind) -> JSONSchema? {
        switch kind {
        case .tool: tool
        case .resource, .template: resource
        case .prompt: prompt
        case .completion: completion
        }
    }

    /// CallToolResult.
    private static let tool = compiled(
        #"""
        {
          "type": "object",
          "required": ["content"],
          "properties": {
            "content": { "type": "array", "items": { "$ref": "#/$defs/block" } },
            "isError": { "type": "boolean" },
            "_meta": { "type": "object" }
          },
        """#
    )

    /// ReadResourceResult.
    private static let resource = compiled(
        #"""
        {
          "type": "object",
          "required": ["contents"],
          "properties": {
            "contents": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/contents" } },
            "_meta": { "type": "object" }
          },
        """#
    )

    /// GetPromptResult.
    private static let prompt = compiled(
        #"""
        {
          "type": "object",
          "required": ["messages"],
          "properties": {
            "description": { "type": "string" },
            "messages": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["role", "content"],
                "properties": { "role": { "enum": ["user", "assistant"] }, "content": { "$ref": "#/$defs/block" } }
              }
            },
            "_meta": { "type": "object" }
          },
        """#
    )

    /// CompleteResult.
    private static let completion = compiled(
        #"""
        {
          "type": "object",
          "required": ["completion"],
          "properties": {
            "completion": {
              "type": "object",
              "required": ["values"],
              "properties": {
                "values": { "type": "array", "maxItems": 100, "items": { "type": "string" } },
                "total": { "type": "integer", "minimum": 0 },
                "hasMore": { "type": "boolean" }
              }
            },
            "_meta": { "type": "object" }
          },
        """#
    )

    /// ContentBlock and ResourceContents, which end each of the texts above.
    private static let parts = #"""
          "$defs": {
            "contents": {
              "type": "object",
              "required": ["uri"],
              "properties": {
                "uri": { "type": "string" }, "mimeType": { "type": "string" },
                "text": { "type": "string" }, "blob": { "type": "string" }
              },
              "anyOf": [ { "required": ["text"] }, { "required": ["blob"] } ]
            },
            "block": {
              "type": "object",
              "required": ["type"],
              "properties": { "type": { "enum": ["text", "image", "audio", "resource_link", "resource"] } },
              "allOf": [
                { "if": { "properties": { "type": { "const": "text" } } },
                  "then": { "required": ["text"], "properties": { "text": { "type": "string" } } } },
                { "if": { "properties": { "type": { "enum": ["image", "audio"] } } },
                  "then": { "required": ["data", "mimeType"],
                            "properties": { "data": { "type": "string" }, "mimeType": { "type": "string" } } } },
                { "if": { "properties": { "type": { "const": "resource_link" } } },
                  "then": { "required": ["uri", "name"],
                            "properties": { "uri": { "type": "string" }, "name": { "type": "string" } } } },
                { "if": { "properties": { "type": { "const": "resource" } } },
                  "then": { "required": ["resource"], "properties": { "resource": { "$ref": "#/$defs/contents" } } } }
              ]
            }
          }
        }
        """#

    private static func compiled(_ text: String) -> JSONSchema? {
        (try? JSONDocument(parsing: text + parts)).flatMap { try? JSONSchema(compiling: $0.root) }
    }
}
