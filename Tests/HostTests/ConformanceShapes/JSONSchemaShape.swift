import RoostJSON
import Testing

/// The tool whose schema must reach the client as its author wrote it.
enum JSONSchemaShape {
    static func check(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let tool = try #require(
            reply.result?["tools"]?.array?.first { $0["name"] == "json_schema_2020_12_tool" },
            reply.exchange,
            sourceLocation: location
        )
        let schema = try #require(tool["inputSchema"], sourceLocation: location)
        let shown: Comment = "\(schema)"
        #expect(
            schema["$schema"] == "https://json-schema.org/draft/2020-12/schema",
            shown,
            sourceLocation: location
        )
        #expect(schema["type"] == "object", shown, sourceLocation: location)
        let address = schema["$defs"]?["address"]
        #expect(address?["$anchor"] == "addressDef", shown, sourceLocation: location)
        #expect(address?["type"] == "object", shown, sourceLocation: location)
        #expect(address?["properties"]?["street"] != nil, shown, sourceLocation: location)
        #expect(address?["properties"]?["city"] != nil, shown, sourceLocation: location)
        #expect(
            schema["properties"]?["address"]?["$ref"] == "#/$defs/address",
            shown,
            sourceLocation: location
        )
        for name in ["name", "contactMethod", "phone", "email"] {
            #expect(schema["properties"]?[name] != nil, shown, sourceLocation: location)
        }
        let either: JSONValue = [["required": ["phone"]], ["required": ["email"]]]
        #expect(schema["allOf"]?[0]?["anyOf"] == either, shown, sourceLocation: location)
        #expect(
            schema["if"]?["properties"]?["contactMethod"]?["const"] == "phone",
            shown,
            sourceLocation: location
        )
        #expect(
            schema["then"]?["required"]?.array?.contains("phone") == true,
            shown,
            sourceLocation: location
        )
        #expect(
            schema["else"]?["required"]?.array?.contains("email") == true,
            shown,
            sourceLocation: location
        )
        #expect(schema["additionalProperties"] == false, shown, sourceLocation: location)
    }
}
