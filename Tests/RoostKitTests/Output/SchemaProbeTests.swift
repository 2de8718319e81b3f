import FoundationEssentials
import RoostKit
import Testing

@Suite("The schema of a tool's output")
struct SchemaProbeTests {
    struct Report: Codable, ToolOutput, Equatable {
        enum Sky: String, CaseIterable, Codable { case clear, cloudy }
        enum Grade: Int, CaseIterable, Codable { case low = 1, high }
        struct Day: Codable, Equatable {
            var high: Double
            var sky: Sky
            var grade: Grade?
        }

        var city: String
        var days: [Day]
        var best: Day?
        var byName: [String: Day]
        var count: UInt8
        var made: Date
        var isFinal: Bool

        enum CodingKeys: String, CodingKey {
            case city, days, best, count, made, isFinal
            case byName = "by_name"
        }
    }

    @Test("follows nested structures, arrays, dictionaries, optionals, enums, dates and coding keys")
    func report() throws {
        let day: JSONValue = [
            "type": "object",
            "properties": [
                "high": ["type": "number"], "sky": ["type": "string", "enum": ["clear", "cloudy"]],
                "grade": ["type": "integer", "enum": [1, 2]],
            ],
            "required": ["high", "sky"],
        ]
        let expected: JSONValue = [
            "type": "object",
            "properties": [
                "city": ["type": "string"], "days": ["type": "array", "items": day], "best": day,
                "by_name": ["type": "object", "additionalProperties": day], "count": ["type": "integer"],
                "made": ["type": "string", "format": "date-time"], "isFinal": ["type": "boolean"],
            ],
            "required": ["city", "days", "count", "made", "isFinal", "by_name"],
        ]
        let schema = try JSONValue.object(#require(try Report.outputSchema()))
        #expect(schema == expected)
    }

    @Test("tells the truth about what is encoded")
    func truth() throws {
        let day = Report.Day(high: 7.5, sky: .clear, grade: nil)
        let report = Report(
            city: "Oslo",
            days: [day],
            best: nil,
            byName: ["mon": day],
            count: 1,
            made: Date(timeIntervalSince1970: 0),
            isFinal: true
        )
        let result = try report.toolResult()
        let structured = try json(String(decoding: resultBytes(result), as: UTF8.self))
        #expect(
            structured["structuredContent"] == [
                "city": "Oslo", "days": [["high": 7.5, "sky": "clear"]],
                "by_name": ["mon": ["high": 7.5, "sky": "clear"]],
                "count": 1, "made": "1970-01-01T00:00:00Z", "isFinal": true,
            ]
        )
        let text = try #require(structured["content"]?[0]?["text"]?.string)
        #expect(try json(text) == structured["structuredContent"])
    }

    final class Node: Codable, ToolOutput {
        let name: String
        let next: Node?
        let children: [Node]
    }

    @Test("of a type that contains itself ends at the second meeting")
    func recursion() throws {
        let schema = try JSONValue.object(#require(try Node.outputSchema()))
        #expect(schema["properties"]?["next"] == ["type": "object"])
        #expect(schema["properties"]?["children"] == ["type": "array", "items": ["type": "object"]])
        #expect(schema["required"] == ["name", "children"])
    }

    struct Unforeseeable: Codable, ToolOutput {
        enum Kind: String, Codable { case only }
        var inner: Inner
        struct Inner: Codable { var kind: Kind }
    }

    @Test("that cannot be worked out is refused with the way to the member and what to do")
    func refused() throws {
        let error = #expect(throws: SchemaError.self) { try Unforeseeable.outputSchema() }
        let text = try #require(error?.description)
        #expect(text.contains("member 'inner'"))
        #expect(text.contains("member 'kind'"))
        #expect(text.contains("CaseIterable"))
    }

    @Test("is absent for text and blocks")
    func none() throws {
        #expect(try String.outputSchema() == nil)
        #expect(try [Content].outputSchema() == nil)
        #expect(try ToolResult.outputSchema() == nil)
    }
}
