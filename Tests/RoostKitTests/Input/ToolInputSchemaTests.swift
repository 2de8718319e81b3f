import RoostKit
import Testing

@Suite("The schema of a tool's input")
struct ToolInputSchemaTests {
    struct Plain: ToolInput {
        @Param("A text") var text: String
        @Param("A whole number") var whole: Int
        @Param("A number") var number: Double
        @Param("Yes or no") var flag: Bool
    }

    @Test("names every argument in order, with its type and meaning")
    func plain() throws {
        let expected =
            #"{"type":"object","properties":{"text":{"type":"string","description":"A text"},"#
            + #""whole":{"type":"integer","description":"A whole number"},"#
            + #""number":{"type":"number","description":"A number"},"#
            + #""flag":{"type":"boolean","description":"Yes or no"}},"#
            + #""required":["text","whole","number","flag"],"additionalProperties":false}"#
        #expect(JSONValue.object(Plain.schema).text == expected)
    }

    struct Optionals: ToolInput {
        @Param("Has a default") var days = 3
        @Param("May be left out") var note: String?
        @Param("Must be there") var city: String
    }

    @Test("requires neither what has a default nor what is optional")
    func optionals() throws {
        let schema = JSONValue.object(Optionals.schema)
        #expect(schema["required"] == ["city"])
        #expect(schema["properties"]?["days"]?["default"] == 3)
        #expect(schema["properties"]?["note"] == ["type": "string", "description": "May be left out"])
    }

    struct Limits: ToolInput {
        @Param("Closed", in: 1...10) var closed: Int
        @Param("From", in: 0.5...) var from: Double
        @Param("Through", in: ...9) var through: Int?
        @Param("Half open", in: 0..<5) var half = 2
        @Param("Text", length: 1...80, pattern: "^[a-z]+$", format: .email, header: "Mail") var text: String
        @Param("Short", length: ...3) var short = "ab"
        @Param("List", count: 1...3) var list: [String]
    }

    @Test("carries ranges, lengths, patterns, formats, counts and headers")
    func limits() throws {
        let properties = try #require(Limits.schema["properties"])
        #expect(
            properties["closed"] == ["type": "integer", "description": "Closed", "minimum": 1, "maximum": 10]
        )
        #expect(properties["from"] == ["type": "number", "description": "From", "minimum": 0.5])
        #expect(properties["through"] == ["type": "integer", "description": "Through", "maximum": 9])
        #expect(properties["half"]?["exclusiveMaximum"] == 5)
        #expect(
            properties["text"] == [
                "type": "string", "description": "Text", "minLength": 1, "maxLength": 80,
                "pattern": "^[a-z]+$",
                "format": "email", "x-mcp-header": "Mail",
            ]
        )
        #expect(
            properties["short"] == [
                "type": "string", "description": "Short", "maxLength": 3, "default": "ab",
            ]
        )
        #expect(properties["list"]?["minItems"] == 1)
        #expect(properties["list"]?["maxItems"] == 3)
    }

    struct Nested: ToolInput {
        enum Unit: String, CaseIterable, ParamValue {
            case metric, imperial
        }

        struct Place: ToolInput {
            @Param("Street", name: "street-name") var street: String
            @Param("Number") var number = 1
        }

        @Param("Where") var place: Place
        @Param("Stops") var stops: [Place] = []
        @Param("Units") var unit = Unit.metric
        @Param("Labels") var labels: [String: Int]?
        @Param("Anything") var anything: JSONValue?
    }

    @Test("describes objects inside objects, arrays of them, choices, dictionaries and any JSON")
    func nested() throws {
        let place: JSONValue = [
            "type": "object",
            "properties": [
                "street-name": ["type": "string", "description": "Street"],
                "number": ["type": "integer", "description": "Number", "default": 1],
            ],
            "required": ["street-name"], "additionalProperties": false,
        ]
        let properties = try #require(Nested.schema["properties"])
        #expect(properties["place"]?["properties"] == place["properties"])
        #expect(properties["place"]?["description"] == "Where")
        #expect(properties["stops"]?["items"] == place)
        #expect(properties["unit"]?["enum"] == ["metric", "imperial"])
        #expect(properties["unit"]?["default"] == "metric")
        #expect(properties["labels"]?["additionalProperties"] == ["type": "integer"])
        #expect(properties["anything"] == ["description": "Anything"])
    }

    @Test("of a tool without arguments is a closed empty object")
    func none() throws {
        #expect(NoInput.schema == ["type": "object", "additionalProperties": false])
    }
}
