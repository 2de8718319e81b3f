import RoostJSON
import Testing

@Suite("Wire schemas of the harness", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct WireSchemaTests {
    private static func faults(
        _ message: JSONValue,
        of method: String,
        _ revision: Revision
    ) throws -> [String] {
        let schema = try #require(WireSchema.of(revision))
        return try schema.faults(in: message, answering: [["id": 1, "method": .string(method)]])
    }

    private static func result(_ result: JSONValue) -> JSONValue {
        ["jsonrpc": "2.0", "id": 1, "result": result]
    }

    @Test("accept a tool's result of each revision, and nothing of another's", arguments: Revision.allCases)
    func toolResult(_ revision: Revision) throws {
        let legacy: JSONValue = ["content": [["type": "text", "text": "x"]]]
        let modern: JSONValue = ["content": [["type": "text", "text": "x"]], "resultType": "complete"]
        let isModern = revision == .july2026
        #expect(try Self.faults(Self.result(legacy), of: "tools/call", revision).isEmpty == !isModern)
        #expect(try Self.faults(Self.result(modern), of: "tools/call", revision).isEmpty == isModern)
        #expect(try !Self.faults(Self.result(["resultType": "complete"]), of: "tools/call", revision).isEmpty)
    }

    @Test("know which revision has audio and links") func contentOfRevisions() throws {
        let audio: JSONValue = ["content": [["type": "audio", "data": "AAAA", "mimeType": "audio/wav"]]]
        #expect(try !Self.faults(Self.result(audio), of: "tools/call", .november2024).isEmpty)
        #expect(try Self.faults(Self.result(audio), of: "tools/call", .march2025).isEmpty)
        let link: JSONValue = ["content": [["type": "resource_link", "uri": "test://x", "name": "x"]]]
        #expect(try !Self.faults(Self.result(link), of: "tools/call", .march2025).isEmpty)
        #expect(try Self.faults(Self.result(link), of: "tools/call", .june2025).isEmpty)
    }

    @Test("know the results of lists by their methods") func lists() throws {
        let list: JSONValue = ["resultType": "complete", "tools": [], "ttlMs": 0, "cacheScope": "private"]
        #expect(try Self.faults(Self.result(list), of: "tools/list", .july2026).isEmpty)
        #expect(try !Self.faults(Self.result(list), of: "prompts/list", .july2026).isEmpty)
        let asking: JSONValue = ["resultType": "input_required", "requestState": "x"]
        #expect(try Self.faults(Self.result(asking), of: "tools/call", .july2026).isEmpty)
        #expect(try !Self.faults(Self.result(asking), of: "tools/list", .july2026).isEmpty)
        let empty: JSONValue = ["resultType": "input_required"]
        #expect(try !Self.faults(Self.result(empty), of: "tools/call", .july2026).isEmpty)
    }

    @Test("know errors by their codes, and refuse an id of null") func errors() throws {
        func error(_ code: Int64, _ data: JSONValue? = nil, id: JSONValue? = 1) -> JSONValue {
            var error: JSONObject = ["code": .integer(code), "message": "x"]
            error["data"] = data
            var message: JSONObject = ["jsonrpc": "2.0", "error": .object(error)]
            message["id"] = id
            return .object(message)
        }
        let supported: JSONValue = ["supported": ["2026-07-28"], "requested": "x"]
        #expect(try Self.faults(error(-32022, supported), of: "x", .july2026).isEmpty)
        #expect(try !Self.faults(error(-32022), of: "x", .july2026).isEmpty)
        #expect(
            try !Self.faults(error(-32021, ["requiredCapabilities": ["sampling"]]), of: "x", .july2026)
                .isEmpty
        )
        #expect(try Self.faults(error(-32700, id: nil), of: "x", .july2026).isEmpty)
        #expect(try !Self.faults(error(-32700, id: .null), of: "x", .july2026).isEmpty)
        #expect(try !Self.faults(error(-32602, id: 2), of: "x", .july2026).isEmpty)
        #expect(try !Self.faults(error(-32002), of: "x", .july2026).isEmpty)
        #expect(try Self.faults(error(-32002), of: "x", .november2025).isEmpty)
    }

    @Test("know notifications and questions by their methods") func messages() throws {
        let progress: JSONValue = [
            "jsonrpc": "2.0", "method": "notifications/progress",
            "params": ["progressToken": 1, "progress": 0.5],
        ]
        for revision in Revision.allCases { #expect(try Self.faults(progress, of: "x", revision).isEmpty) }
        let nameless: JSONValue = [
            "jsonrpc": "2.0", "method": "notifications/progress", "params": ["progress": 1],
        ]
        for revision in Revision.allCases { #expect(try !Self.faults(nameless, of: "x", revision).isEmpty) }
        let unknown: JSONValue = ["jsonrpc": "2.0", "method": "notifications/other"]
        #expect(try !Self.faults(unknown, of: "x", .july2026).isEmpty)
        let sampling: JSONValue = [
            "jsonrpc": "2.0", "id": 9, "method": "sampling/createMessage",
            "params": [
                "messages": [["role": "user", "content": ["type": "text", "text": "x"]]], "maxTokens": 100,
            ],
        ]
        #expect(try Self.faults(sampling, of: "x", .november2025).isEmpty)
    }

    @Test("take numbers with fractions where the generated files forgot them") func errata() throws {
        let result: JSONValue = [
            "resultType": "complete", "content": [], "structuredContent": ["ratio": 0.5, "nothing": nil],
        ]
        #expect(try Self.faults(Self.result(result), of: "tools/call", .july2026).isEmpty)
    }
}
