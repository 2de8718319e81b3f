import MCP
import RoostJSON
import Testing

@Suite("The samples of the specification")
struct SchemaExamplesTests {
    @Test(
        "every sample of 2026-07-28 is valid against its definition",
        .enabled(if: SharedData.isPresent, SharedData.missing)
    )
    func samples() throws {
        let schema = try SharedData.document("schema/2026-07-28.json")
        var count = 0
        for type in try SharedData.names(in: "examples-2026-07-28") {
            let compiled = try JSONSchema(compiling: schema.root, at: "/$defs/\(type)")
            for name in try SharedData.names(in: "examples-2026-07-28/\(type)") where name.hasSuffix(".json")
            {
                let sample = try SharedData.document("examples-2026-07-28/\(type)/\(name)")
                #expect(compiled.validate(sample.root) == [], "\(type)/\(name)")
                count += 1
            }
        }
        #expect(count >= 129)
    }

    @Test("a sample of another type is refused", .enabled(if: SharedData.isPresent, SharedData.missing))
    func wrongType() throws {
        let schema = try SharedData.document("schema/2026-07-28.json")
        let compiled = try JSONSchema(compiling: schema.root, at: "/$defs/Tool")
        let violations = compiled.validate(
            try JSONDocument(parsing: #"{"name":7,"inputSchema":{"type":"array"}}"#).root
        )
        #expect(violations.map(\.message).contains("/name must be string, found 7"))
    }

    @Test(
        "every definition of every revision compiles and refuses null",
        .enabled(if: SharedData.isPresent, SharedData.missing),
        arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"]
    )
    func revisions(_ revision: String) throws {
        let schema = try SharedData.document("schema/\(revision).json")
        let keyword = schema.root["$defs"] == nil ? "definitions" : "$defs"
        let definitions = try #require(schema.root[keyword])
        for (name, _) in definitions.members {
            let compiled = try JSONSchema(compiling: schema.root, at: "/\(keyword)/\(name)")
            if name == "Tool" {
                let good = try JSONDocument(parsing: #"{"name":"a","inputSchema":{"type":"object"}}"#)
                #expect(compiled.validate(good.root) == [])
                #expect(compiled.validate(try JSONDocument(parsing: "null").root).first?.keyword == "type")
            }
        }
        #expect(definitions.count > 50)
    }
}
