import RoostKit

// Tools that are about their definitions more than about their answers.

struct TestXMCPHeader: Tool {
    static let name = "test_x_mcp_header"
    static let description = "Takes a region that clients mirror into the header Mcp-Param-Region."
    static let annotations = ToolAnnotations.readOnly

    struct Input: ToolInput {
        @Param("The region to serve", header: "Region") var region: String
    }

    func call(_ input: Input, _ context: CallContext) -> String { "Region: \(input.region)" }
}

struct TestMissingCapability: Tool {
    static let description =
        "Needs a client that lets servers ask its model, and says so to those that do not."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) throws -> String {
        guard context.clientCapabilities.hasSampling else {
            throw RPCError.missingCapability(["sampling": [:]])
        }
        return "The client declared the capability sampling."
    }
}

struct JSONSchema202012Tool: RawTool {
    let name = "json_schema_2020_12_tool"
    let description = "Brings a JSON Schema with references, anchors, composition and conditions."
    let inputSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {
            "address": {
              "$anchor": "addressDef",
              "type": "object",
              "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
            }
          },
          "properties": {
            "name": { "type": "string" },
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" },
            "email": { "type": "string" }
          },
          "allOf": [ { "anyOf": [ { "required": ["phone"] }, { "required": ["email"] } ] } ],
          "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
          "then": { "required": ["phone"] },
          "else": { "required": ["email"] },
          "additionalProperties": false
        }
        """

    func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
        ToolResult([.text("JSON Schema 2020-12 tool called with: \(arguments.text)")])
    }
}
