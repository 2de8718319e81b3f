import MCP
import PluginRuntime
import RoostJSON
import Testing

@testable import PluginInspection

/// Where the values of a fuzz run come from.
@Suite("Values made from a schema")
struct ValueTests {
    private static let schemas: [JSONValue] = [
        [
            "type": "object", "properties": ["a": ["type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"]],
            "required": ["a"],
        ],
        [
            "type": "object", "properties": ["x": ["$ref": "#/$defs/point"]], "required": ["x"],
            "$defs": [
                "point": [
                    "type": "object", "required": ["lat"], "additionalProperties": false,
                    "properties": ["lat": ["type": "number", "minimum": -90, "maximum": 90]],
                ]
            ],
        ],
        [
            "type": "object", "required": ["k", "n", "d"],
            "properties": [
                "k": ["enum": ["one", "two"]],
                "n": ["type": "integer", "exclusiveMinimum": 3, "maximum": 9, "multipleOf": 3],
                "d": ["type": "string", "format": "date"],
            ],
        ],
        [
            "type": "object",
            "properties": [
                "l": [
                    "type": "array", "items": ["type": "integer"], "minItems": 2, "maxItems": 5,
                    "uniqueItems": true,
                ]
            ],
            "required": ["l"],
        ],
        [
            "type": "object", "required": ["v"],
            "properties": [
                "v": [
                    "anyOf": [
                        ["type": "null"], ["type": "string", "minLength": 3, "maxLength": 5], ["const": 7],
                    ]
                ]
            ],
        ],
        ["type": "object", "allOf": [["required": ["a"]], ["properties": ["a": ["type": "boolean"]]]]],
        ["type": "object", "additionalProperties": ["type": "integer"]],
    ]

    private static func tool(_ schema: JSONValue, seed: UInt64) throws -> FuzzTarget {
        let manifest: JSONValue = [
            "id": "dev.x", "name": "x", "version": "1.0.0",
            "tools": [["name": "t", "description": "d", "inputSchema": schema]],
        ]
        var parser = ManifestParser(alias: "x")
        let tools = try parser.parse(manifest.bytes).tools
        let tool = try #require(tools.first)
        return FuzzTarget(tool, seed: seed, isBound: true)
    }

    @Test("are valid by it, and found at all", arguments: schemas) func valid(_ schema: JSONValue) throws {
        var tool = try Self.tool(schema, seed: 3)
        let compiled = try JSONSchema(compiling: try JSONDocument(parsing: schema.bytes).root)
        for number in 0..<40 {
            let made = tool.arguments(number)
            let arguments = try #require(made)
            #expect(
                compiled.validate(try JSONDocument(parsing: arguments.bytes).root).isEmpty,
                "\(arguments)"
            )
        }
    }

    @Test("are the same for the same seed, and others for another", arguments: schemas) func seeds(
        _ schema: JSONValue
    ) throws {
        func sequence(_ seed: UInt64) throws -> [JSONValue?] {
            var tool = try Self.tool(schema, seed: seed)
            return (0..<30).map { tool.arguments($0) }
        }
        #expect(try sequence(1) == sequence(1))
        // A boolean alone leaves 1 of 2^30 worlds in which two seeds agree.
        #expect(try sequence(1) != sequence(2))
    }

    @Test("reach the edges of what it allows") func edges() throws {
        var tool = try Self.tool(
            [
                "type": "object", "required": ["n"],
                "properties": ["n": ["type": "integer", "minimum": 5, "maximum": 4711]],
            ],
            seed: 1
        )
        let numbers = Set((0..<200).compactMap { tool.arguments($0)?["n"]?.integer })
        #expect(numbers.contains(5) && numbers.contains(4711))
    }

    @Test("shrink to smaller ones, and end") func shrinking() {
        var value: JSONValue = ["a": "hello world", "b": [1, 2, 3, ["c": 1_000_000]], "d": true, "e": 3.75]
        var steps = 0
        while let next = Shrinking.candidates(of: value).last, steps < 1000 {
            value = next
            steps += 1
        }
        #expect(steps < 1000)
        #expect(Shrinking.candidates(of: [:]).isEmpty)
        #expect(Shrinking.candidates(of: ["a": 1]).contains([:]))
    }

    @Test(
        "of a pattern are matched by it",
        arguments: ["^a+b?$", "^(x|yz){2,3}$", "^\\d{4}-\\d{2}$", "^[^abc]{3}$", "^\\p{Lu}\\w*$"]
    )
    func patterns(_ pattern: String) throws {
        let samples = try #require(PatternSamples(pattern))
        let schema: JSONValue = ["type": "string", "pattern": .string(pattern)]
        let compiled = try JSONSchema(compiling: try JSONDocument(parsing: schema.bytes).root)
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20 {
            let text: JSONValue = .string(samples.text(upTo: 5, using: &random))
            #expect(
                compiled.validate(try JSONDocument(parsing: text.bytes).root).isEmpty,
                "\(text) by \(pattern)"
            )
        }
    }
}
