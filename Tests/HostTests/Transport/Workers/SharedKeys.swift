import RoostJSON
import Testing

/// What one worker sealed, another with the same keys opens, and one with other keys does not.
@Suite("Several workers", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct SharedKeys {
    private static func worker(key: Character) async throws -> RunningHost {
        var file = HostFile(plugins: [("everything", "libEverything.so")])
        file.further = "state_keys: [\"\(String(repeating: key, count: 40))\"]"
        return try await RunningHost.start(file)
    }

    @Test("request state travels between workers of one key ring") func requestState() async throws {
        let tool = "test_input_required_result_request_state"
        let hosts = [
            try await Self.worker(key: "a"), try await Self.worker(key: "a"), try await Self.worker(key: "b"),
        ]
        defer { for host in hosts { host.stop() } }
        let first = try await ModernClient(port: hosts[0].port).call(tool)
        let state = JSONValue.string(try InputRequiredShapes.state(first))
        let answers: JSONObject = ["confirm": InputRequiredShapes.accepted(["ok": true])]
        let second = try await ModernClient(port: hosts[1].port).call(tool, answers: answers, state: state)
        #expect(try InputRequiredShapes.completeText(second).contains("state-ok"), second.exchange)
        let stranger = try await ModernClient(port: hosts[2].port).call(tool, answers: answers, state: state)
        #expect(stranger.code == -32602, stranger.exchange)
    }

    @Test("a session is known to every worker of one key ring") func session() async throws {
        let hosts = [
            try await Self.worker(key: "a"), try await Self.worker(key: "a"), try await Self.worker(key: "b"),
        ]
        defer { for host in hosts { host.stop() } }
        let client = try await LegacyClient.connect(
            port: hosts[0].port,
            path: "/mcp/everything",
            .november2025
        )
        var replies: [Reply] = []
        for host in hosts {
            let request = client.post(LegacyClient.message("tools/list", nil))
            replies.append(try await HTTPConnection.exchange(request, port: host.port))
        }
        #expect(replies.map(\.status) == [200, 200, 404], replies[1].exchange)
    }
}
