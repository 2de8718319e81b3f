import RoostJSON
import Testing

/// Texts that are no Unicode reach the memory plugin, as bytes on the wire.
@Suite("Hostile memories", .timeLimit(.minutes(10)))
struct HostileMemories {
    private static let host = Task {
        var file = HostFile(plugins: [("memory", "libMemory.so")])
        file.settings["memory"] = "    config: { embedding: off }"
        return try await RunningHost.start(file)
    }

    @Test("half a surrogate pair becomes U+FFFD, in keys, contents and questions") func surrogates()
        async throws
    {
        let client = ModernClient(port: try await Self.host.value.port, path: "/mcp/memory")
        func call(_ tool: String, _ arguments: JSONObject) async throws -> Reply {
            let request = client.request(
                "tools/call",
                ["name": .string(tool), "arguments": .object(arguments)]
            )
            var http = request.http
            let text = String(decoding: http.body, as: UTF8.self)
            http.body = Array(
                text.split(separator: "HALF", omittingEmptySubsequences: false).joined(separator: #"\ud83d"#)
                    .utf8
            )
            return try await HTTPConnection.exchange(http, port: client.port)
        }
        let stored = try await call("store", ["key": "k-HALF", "content": "zebra HALF stripes"])
        #expect(stored.result?["structuredContent"]?["key"] == "k-\u{FFFD}", stored.exchange)
        let found = try await call("retrieve", ["query": "HALF zebra"])
        let memory = found.result?["structuredContent"]?["memories"]?[0]
        #expect(memory?["content"] == "zebra \u{FFFD} stripes", found.exchange)
        let deleted = try await call("delete", ["key": "k-HALF"])
        #expect(deleted.result?["structuredContent"]?["existed"] == true, deleted.exchange)
    }
}
