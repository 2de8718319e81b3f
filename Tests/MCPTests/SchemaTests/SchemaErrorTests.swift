import MCP
import RoostJSON
import Testing

@Suite("A schema that cannot be used")
struct SchemaErrorTests {
    @Test(
        "is refused with the place and the reason",
        arguments: [
            (#"{"$schema":"http://json-schema.org/draft-04/schema#"}"#, "the dialect"),
            (
                #"{"properties":{"a":{"$ref":"https://example.com/s.json"}}}"#,
                "/properties/a/$ref: \"https://example.com/s.json\" leads out of the schema, and remote references are never fetched"
            ),
            (##"{"$ref":"#/$defs/x"}"##, "leads to no schema in this document"),
            (##"{"$ref":"#x"}"##, "leads to no schema in this document"),
            (#"{"type":"strin"}"#, "/type must be null, boolean"),
            (#"{"type":[]}"#, "/type must be"),
            (#"{"minimum":"1"}"#, "/minimum must be a number, found \"1\""),
            (#"{"minLength":-1}"#, "/minLength must be an integer of at least 0, found -1"),
            (#"{"multipleOf":0}"#, "/multipleOf must be a number greater than 0"),
            (
                #"{"properties":{"a":7}}"#,
                "/properties/a must be a schema (an object, true or false), found 7"
            ),
            (#"{"items":[{}]}"#, "write prefixItems"),
            (#"{"required":"a"}"#, "/required must be an array of property names"),
            (#"{"allOf":[]}"#, "/allOf must be an array of schemas"),
            (#"{"pattern":"(?i)a"}"#, "inline options are not part of ECMA-262"),
            (#"{"pattern":"a++"}"#, "has nothing before it to repeat"),
            (#"{"pattern":"(a"}"#, "a ( is not closed"),
            (#"{"pattern":"[b-a]"}"#, "out of order"),
            (#"{"pattern":"(?<!a)b"}"#, "lookbehind is not currently supported"),
            (#"{"pattern":"a{3,2}"}"#, "the quantifier {3,2} is out of order"),
            (#"{"pattern":"a)"}"#, "a ) has no ("),
            (#"{"pattern":"\\Aa"}"#, "is no escape of ECMA-262"),
            (#"{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}"#, "already names another schema"),
            ("7", "must be a schema"),
        ]
    )
    func refusals(_ schema: String, _ part: String) throws {
        let document = try JSONDocument(parsing: schema)
        let error = #expect(throws: SchemaError.self) { try JSONSchema(compiling: document.root) }
        #expect(error?.description.contains(part) ?? false, "\(error?.description ?? "no error")")
    }

    @Test("is refused when it has too many subschemas")
    func subschemas() throws {
        let document = try JSONDocument(parsing: #"{"allOf":[{},{},{},{}]}"#)
        #expect(throws: SchemaError.tooManySubschemas(limit: 4)) {
            try JSONSchema(compiling: document.root, limits: SchemaLimits(subschemas: 4))
        }
    }

    @Test(
        "a reference to itself ends with a sentence instead of the stack",
        arguments: [
            ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
            ##"{"anyOf":[{"$ref":"#"},true]}"##,
        ]
    )
    func recursion(_ schema: String) throws {
        let compiled = try JSONSchema(compiling: JSONDocument(parsing: schema).root)
        let violations = compiled.validate(try JSONDocument(parsing: "1").root)
        #expect(
            violations.last?.message.contains("nests more than the 256 subschemas") ?? false,
            "\(violations)"
        )
    }

    @Test("a validation that takes too many steps ends with a sentence")
    func steps() throws {
        let levels = (0..<12).map {
            ##""l\##($0)":{"anyOf":[{"$ref":"#/$defs/l\##($0 + 1)"},{"$ref":"#/$defs/l\##($0 + 1)"}]}"##
        }
        let text = ##"{"$ref":"#/$defs/l0","$defs":{\##(levels.joined(separator: ",")),"l12":false}}"##
        let compiled = try JSONSchema(
            compiling: JSONDocument(parsing: text).root,
            limits: SchemaLimits(steps: 1_000)
        )
        let violations = compiled.validate(try JSONDocument(parsing: "1").root)
        #expect(
            violations.map(\.message) == [
                "the value cannot be validated: it takes more than the 1000 steps a validation may take"
            ]
        )
    }
}
