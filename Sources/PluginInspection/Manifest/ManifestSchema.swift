import MCP
import RoostJSON

/// The shape of a manifest, as Documentation/Manifest.md describes it, as a JSON Schema.
///
/// What has a code of its own (names, descriptions, input schemas) is left to ``ManifestRules``.
enum ManifestSchema {
    /// What a manifest breaks, each as a sentence.
    static func violations(of manifest: JSONView) -> [SchemaViolation] {
        compiled?.validate(manifest, named: "the manifest") ?? []
    }

    /// The keys that somebody reads, by the JSON pointer of the object with numbers written as `*`.
    static let knownKeys: [String: [String]] = [
        "": [
            "id", "name", "version", "title", "description", "websiteUrl", "icons", "instructions", "tools",
            "prompts", "resources", "resourceTemplates", "completions", "logging", "resourceUpdates",
            "listChanged", "permissions", "upstream", "ttlMs", "hints",
        ],
        "/tools/*": [
            "name", "title", "description", "inputSchema", "outputSchema", "annotations", "icons", "_meta",
        ],
        "/tools/*/annotations": [
            "title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint",
        ],
        "/prompts/*": ["name", "title", "description", "arguments", "icons", "_meta"],
        "/prompts/*/arguments/*": ["name", "title", "description", "required"],
        "/resources/*": [
            "uri", "name", "title", "description", "mimeType", "size", "annotations", "icons", "_meta",
        ],
        "/resourceTemplates/*": [
            "uriTemplate", "name", "title", "description", "mimeType", "annotations", "icons", "_meta",
        ],
        "/permissions": ["exec", "network", "paths"],
        "/permissions/paths": ["read", "write"],
        "/hints/*": [
            "cacheTtlMs", "cacheScope", "cacheTags", "cacheInvalidates", "deadlineMs", "listed", "accepts",
            "task",
            "taskAfterQuestions",
        ],
    ]

    /// Nil never: a test compiles it.
    static let compiled: JSONSchema? = (try? JSONDocument(parsing: text)).flatMap {
        try? JSONSchema(compiling: $0.root)
    }

    private static let text = #"""
        {
          "type": "object",
          "required": ["id", "name", "version"],
          "properties": {
            "id": { "$ref": "#/$defs/text" },
            "name": { "$ref": "#/$defs/text" },
            "version": { "$ref": "#/$defs/text" },
            "title": { "type": "string" },
            "description": { "type": "string" },
            "websiteUrl": { "type": "string" },
            "instructions": { "type": "string" },
            "icons": { "$ref": "#/$defs/icons" },
            "tools": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "title": { "type": "string" },
                  "description": { "type": "string" },
                  "icons": { "$ref": "#/$defs/icons" },
                  "_meta": { "type": "object" },
                  "annotations": {
                    "type": "object",
                    "properties": {
                      "title": { "type": "string" },
                      "readOnlyHint": { "type": "boolean" },
                      "destructiveHint": { "type": "boolean" },
                      "idempotentHint": { "type": "boolean" },
                      "openWorldHint": { "type": "boolean" }
                    }
                  }
                }
              }
            },
            "prompts": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name"],
                "properties": {
                  "name": { "$ref": "#/$defs/text" },
                  "title": { "type": "string" },
                  "description": { "type": "string" },
                  "icons": { "$ref": "#/$defs/icons" },
                  "_meta": { "type": "object" },
                  "arguments": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "required": ["name"],
                      "properties": {
                        "name": { "$ref": "#/$defs/text" },
                        "description": { "type": "string" },
                        "required": { "type": "boolean" }
                      }
                    }
                  }
                }
              }
            },
            "resources": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["uri", "name"],
                "properties": {
                  "uri": { "$ref": "#/$defs/text" },
                  "name": { "$ref": "#/$defs/text" },
                  "title": { "type": "string" },
                  "description": { "type": "string" },
                  "mimeType": { "type": "string" },
                  "size": { "type": "integer", "minimum": 0 },
                  "icons": { "$ref": "#/$defs/icons" },
                  "_meta": { "type": "object" }
                }
              }
            },
            "resourceTemplates": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["uriTemplate", "name"],
                "properties": {
                  "uriTemplate": { "$ref": "#/$defs/text" },
                  "name": { "$ref": "#/$defs/text" },
                  "title": { "type": "string" },
                  "description": { "type": "string" },
                  "mimeType": { "type": "string" },
                  "icons": { "$ref": "#/$defs/icons" },
                  "_meta": { "type": "object" }
                }
              }
            },
            "completions": { "type": "boolean" },
            "logging": { "type": "boolean" },
            "resourceUpdates": { "type": "boolean" },
            "listChanged": { "type": "array", "items": { "enum": ["tools", "prompts", "resources"] } },
            "permissions": {
              "type": "object",
              "properties": {
                "exec": { "type": "boolean" },
                "network": { "type": "boolean" },
                "paths": {
                  "type": "object",
                  "properties": {
                    "read": { "type": "array", "items": { "$ref": "#/$defs/path" } },
                    "write": { "type": "array", "items": { "$ref": "#/$defs/path" } }
                  }
                }
              }
            },
            "upstream": {
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "required": ["headers"],
                "properties": { "headers": { "type": "object", "additionalProperties": { "type": "string" } } }
              }
            },
            "ttlMs": { "$ref": "#/$defs/milliseconds" },
            "hints": {
              "type": "object",
              "additionalProperties": {
                "type": "object",
                "properties": {
                  "cacheTtlMs": { "$ref": "#/$defs/milliseconds" },
                  "cacheScope": { "enum": ["shared", "principal"] },
                  "cacheTags": { "type": "array", "items": { "$ref": "#/$defs/text" } },
                  "cacheInvalidates": { "type": "array", "items": { "$ref": "#/$defs/text" } },
                  "deadlineMs": { "$ref": "#/$defs/milliseconds" },
                  "listed": { "type": "boolean" },
                  "accepts": { "type": "object" },
                  "task": { "enum": ["never", "when_long", "always", "required"] },
                  "taskAfterQuestions": { "type": "boolean" }
                }
              }
            }
          },
          "$defs": {
            "text": { "type": "string", "minLength": 1 },
            "path": { "type": "string", "pattern": "^/" },
            "milliseconds": { "type": "integer", "minimum": 0, "maximum": 3155760000000 },
            "icons": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["src"],
                "properties": {
                  "src": { "$ref": "#/$defs/text" },
                  "mimeType": { "type": "string" },
                  "sizes": { "type": "array", "items": { "type": "string" } },
                  "theme": { "enum": ["light", "dark"] }
                }
              }
            }
          }
        }
        """#
}
