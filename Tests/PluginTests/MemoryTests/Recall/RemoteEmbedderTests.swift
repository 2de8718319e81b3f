import RoostJSON
import RoostKit
import RoostTesting
import Testing

@testable import MemoryServer

@Suite("Vectors from a service")
struct RemoteEmbedderTests {
    private static let config: JSONValue = [
        "embedding": ["url": "https://models.example/v1/embeddings", "model": "small", "dimensions": 3]
    ]

    /// A service whose vectors say how often a text has the letters a, b and c.
    @Sendable private static func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let asked = try JSONValue(parsing: request.body)
        guard request.method == "POST", asked["model"] == "small" else { return HTTPResponse(status: 400) }
        var items: [JSONValue] = []
        for (index, input) in (asked["input"]?.array ?? []).enumerated() {
            let letters = Array(input.string ?? "")
            let numbers: [JSONValue] = ["a", "b", "c"].map { (letter: Character) in
                .number(0.01 + Double(letters.filter { $0 == letter }.count))
            }
            items.append(["index": .integer(Int64(index)), "embedding": .array(numbers)])
        }
        // In any order: the index says which is which.
        return HTTPResponse(status: 200, body: JSONValue.object(["data": .array(items.reversed())]).bytes)
    }

    @Test("memories are found by the service's vectors")
    func finds() async throws {
        try await withPlugin(MemoryPlugin.self, config: Self.config, http: { try await Self.answer($0) }) {
            memory in
            for key in ["aaa", "bbb", "ccc"] {
                _ = try await memory.callTool("store", ["key": .string(key), "content": .string(key)])
            }
            let found = try await memory.callTool("retrieve", ["query": "xbx", "k": 1, "mode": "vector"])
            #expect(found.structured?["memories"]?[0]?["key"] == "bbb")
            #expect(found.structured?["mode"] == "vector")
        }
    }

    @Test(
        "a refusal or a wrong vector is a readable error, and nothing is stored",
        arguments: [
            (429, #"{"error":"slow down"}"#, "429"), (200, "not JSON", "200"),
            (200, #"{"data":[{"index":0,"embedding":[1,2]}]}"#, "3"), (200, #"{"data":[]}"#, "3"),
        ]
    )
    func refuses(status: Int, body: String, word: String) async throws {
        let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse = { _ in
            HTTPResponse(status: status, body: Array(body.utf8))
        }
        try await withPlugin(MemoryPlugin.self, config: Self.config, http: answer) { memory in
            let refused = try await memory.callTool("store", ["key": "k", "content": "abc"])
            #expect(refused.isError && refused.text.contains(word), "\(refused.text)")
            let stats = try await memory.callTool("stats")
            #expect(stats.structured?["memories"] == 0)
        }
    }
}
