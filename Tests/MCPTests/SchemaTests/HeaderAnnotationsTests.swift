import MCP
import RoostJSON
import Testing

@Suite("Arguments repeated in headers (x-mcp-header)")
struct HeaderAnnotationsTests {
    @Test("are collected with their path, in the order of the schema")
    func collected() throws {
        let annotations = try HeaderAnnotations(
            of: JSONDocument(
                parsing: #"""
                    {"properties":{"region":{"type":"string","x-mcp-header":"Region"},"deep":{"type":"object","properties":{
                    "n":{"type":"integer","x-mcp-header":"N"},"b":{"type":"boolean","x-mcp-header":"B"}}},"plain":{}}}
                    """#
            ).root
        )
        #expect(annotations.annotations.map(\.header) == ["Region", "N", "B"])
        #expect(annotations.annotations.map(\.path) == [["region"], ["deep", "n"], ["deep", "b"]])
    }

    @Test(
        "a property of that name and data are no annotations",
        arguments: [
            "{}", #"{"properties":{"x-mcp-header":{"type":"string"}}}"#,
            #"{"properties":{"a":{"default":{"x-mcp-header":"A"},"examples":[{"x-mcp-header":"A"}]}}}"#,
            #"{"properties":{"default":{"properties":{"x-mcp-header":{}}}}}"#,
        ]
    )
    func none(_ schema: String) throws {
        #expect(try HeaderAnnotations(of: JSONDocument(parsing: schema).root).annotations == [])
    }

    @Test(
        "break the tool when a rule is broken",
        arguments: [
            (
                #"{"properties":{"a":{"type":"number","x-mcp-header":"A"}}}"#,
                "needs the type string, integer or boolean"
            ),
            (#"{"properties":{"a":{"x-mcp-header":"A"}}}"#, "needs the type string, integer or boolean"),
            (#"{"properties":{"a":{"type":"string","x-mcp-header":""}}}"#, "must be a token"),
            (#"{"properties":{"a":{"type":"string","x-mcp-header":"A B"}}}"#, "must be a token"),
            (#"{"properties":{"a":{"type":"string","x-mcp-header":"A\r\nB"}}}"#, "must be a token"),
            (#"{"properties":{"a":{"type":"string","x-mcp-header":7}}}"#, "must be a token"),
            (
                #"{"properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}"#,
                "is used twice"
            ),
            (
                #"{"properties":{"a":{"items":{"type":"string","x-mcp-header":"A"}}}}"#,
                "may stand only in properties"
            ),
            (
                #"{"anyOf":[{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}]}"#,
                "may stand only in properties"
            ),
            (#"{"$defs":{"a":{"type":"string","x-mcp-header":"A"}}}"#, "may stand only in properties"),
            (#"{"type":"object","x-mcp-header":"A"}"#, "may stand only in properties"),
        ]
    )
    func broken(_ schema: String, _ part: String) throws {
        let root = try JSONDocument(parsing: schema).root
        let violation = #expect(throws: HeaderAnnotations.Violation.self) { try HeaderAnnotations(of: root) }
        #expect(violation?.message.contains(part) ?? false, "\(violation?.message ?? "")")
    }
}
