import MCP
import RoostJSON
import Testing

@Suite("Compared with Python's jsonschema")
struct SchemaDifferentialTests {
    @Test(
        "both agree on generated schemas and values",
        .enabled(
            if: PythonValidator.isPresent,
            "needs .build/venv with the package jsonschema (make test installs it)"
        ),
        arguments: [
            ("https://json-schema.org/draft/2020-12/schema", UInt64(1)),
            ("https://json-schema.org/draft/2020-12/schema", UInt64(2)),
            ("http://json-schema.org/draft-07/schema#", UInt64(3)),
        ]
    )
    func agreement(_ dialect: String, _ seed: UInt64) async throws {
        var generator = SchemaGenerator(seed: seed, isModern: dialect.contains("2020"))
        var pairs: [(schema: JSONValue, instance: JSONValue)] = []
        for _ in 0..<500 {
            var schema = JSONObject([("$schema", .string(dialect))])
            for (key, value) in generator.schema(depth: 3).object?.members ?? [] { schema[key] = value }
            for _ in 0..<4 { pairs.append((.object(schema), generator.instance(depth: 3))) }
        }
        let expected = try PythonValidator.verdicts(on: pairs)
        try #require(expected.count == pairs.count)
        var valid = 0
        for (pair, isValid) in zip(pairs, expected) {
            await Task.yield()
            let schema = try JSONSchema(compiling: JSONDocument(parsing: pair.schema.bytes).root)
            let violations = schema.validate(try JSONDocument(parsing: pair.instance.bytes).root)
            #expect(violations.isEmpty == isValid, "\(pair.instance) against \(pair.schema): \(violations)")
            valid += isValid ? 1 : 0
        }
        #expect(
            valid > pairs.count / 10 && valid < pairs.count * 9 / 10,
            "\(valid) of \(pairs.count) are valid"
        )
    }
}
