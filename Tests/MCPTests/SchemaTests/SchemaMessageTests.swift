import MCP
import RoostJSON
import Testing

@Suite("What a violation says")
struct SchemaMessageTests {
    @Test(
        "names the path, the rule and what was found",
        arguments: [
            (
                #"{"properties":{"days":{"maximum":10}}}"#, #"{"days":12}"#,
                "/days must be at most 10, found 12"
            ),
            (#"{"type":"object"}"#, "[1]", "the value must be object, found an array of 1"),
            (
                #"{"properties":{"a":{"type":["integer","null"]}}}"#, #"{"a":"x"}"#,
                #"/a must be integer or null, found "x""#
            ),
            (#"{"required":["city"]}"#, "{}", #"the value must have the property "city""#),
            (#"{"items":{"enum":["a","b"]}}"#, #"["a","c"]"#, #"/1 must be one of "a", "b", found "c""#),
            (
                #"{"properties":{"city":true},"additionalProperties":false}"#, #"{"a/b":1}"#,
                "/a~1b is not a known property; known: city"
            ),
            (#"{"minLength":1}"#, #""""#, "the value must have at least 1 character, found 0"),
            (#"{"pattern":"^a$"}"#, #""b""#, #"the value must match the pattern ^a$, found "b""#),
            (
                #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#, "1",
                "the value matches none of 2 alternatives: the value must be string, found 1; the value must be null, found 1"
            ),
            (
                #"{"oneOf":[true,true]}"#, "1",
                "the value must match exactly one of 2 alternatives, but matches numbers 1 and 2"
            ),
            (
                #"{"uniqueItems":true}"#, "[1,2,1]",
                "the value must have different items, but items 0 and 2 are equal"
            ),
            (
                #"{"propertyNames":{"maxLength":1}}"#, #"{"ab":1}"#,
                "the value must have at most 1 character, found 2"
            ),
        ]
    )
    func sentences(_ schema: String, _ instance: String, _ message: String) throws {
        let compiled = try JSONSchema(compiling: JSONDocument(parsing: schema).root)
        #expect(compiled.validate(try JSONDocument(parsing: instance).root).map(\.message) == [message])
    }

    @Test("carries both pointers and the keyword")
    func pointers() throws {
        let schema = ##"{"properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"items":{"minimum":3}}}}"##
        let compiled = try JSONSchema(compiling: JSONDocument(parsing: schema).root)
        let violation = try #require(
            compiled.validate(try JSONDocument(parsing: #"{"b":0,"a":[5,1]}"#).root).first
        )
        #expect(violation.instancePath == "/a/1")
        #expect(violation.keyword == "minimum")
        #expect(violation.schemaPath == "/$defs/n/items/minimum")
    }

    @Test("paths begin at the validated value, wherever it stands in its document")
    func inner() throws {
        let compiled = try JSONSchema(
            compiling: JSONDocument(parsing: #"{"properties":{"a":{"type":"null"}}}"#).root
        )
        let message = try JSONDocument(parsing: #"{"id":1,"params":{"arguments":{"x":[],"a":1}}}"#).root
        let arguments = try #require(message["params"]?["arguments"])
        #expect(compiled.validate(arguments).map(\.instancePath) == ["/a"])
    }

    @Test("at most eight are collected")
    func bounded() throws {
        let compiled = try JSONSchema(compiling: JSONDocument(parsing: #"{"items":{"type":"null"}}"#).root)
        #expect(
            compiled.validate(
                try JSONDocument(parsing: "[\((0..<50).map(String.init).joined(separator: ","))]").root
            ).count == 8
        )
    }
}
