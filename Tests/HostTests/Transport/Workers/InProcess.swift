import RoostJSON
import Testing

/// The same plugin in the host's own process gives a client the same answers.
@Suite("Plugins in the host's process", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct InProcess {
    private static let host = Task {
        var file = HostFile.shipped
        for plugin in file.plugins { file.settings[plugin.alias] = "    process: host" }
        return try await RunningHost.start(file)
    }

    @Test("lists, calls, progress and questions of a modern client") func modern() async throws {
        let client = ModernClient(port: try await Self.host.value.port)
        try ToolShapes.list(try await client.send("tools/list"))
        try ToolShapes.simpleText(try await client.call("test_simple_text", nil))
        let progress = try await client.call("test_tool_with_progress", meta: ["progressToken": 1])
        try ToolShapes.progress(progress, token: 1)
        let tool = "test_input_required_result_request_state"
        let asked = try await client.call(tool)
        let answers: JSONObject = ["confirm": InputRequiredShapes.accepted(["ok": true])]
        let done = try await client.call(tool, answers: answers, state: asked.result?["requestState"])
        #expect(try InputRequiredShapes.completeText(done).contains("state-ok"), done.exchange)
        try ResourceShapes.text(try await client.send("resources/read", ["uri": "test://static-text"]))
    }

    @Test("questions of a legacy client") func legacy() async throws {
        let port = try await Self.host.value.port
        let client = try await LegacyClient.connect(port: port, path: "/mcp/everything", .november2025)
        let answers: JSONObject = [
            "elicitation/create": [
                "action": "accept", "content": ["username": "a", "email": "a@example.com"],
            ]
        ]
        let reply = try await client.call("test_elicitation", ["message": "Who?"], answering: answers)
        #expect(reply.requests.count == 1, reply.exchange)
        _ = try ToolShapes.text(reply)
    }

    @Test("calls of the C plugin, and their cancellation") func cancellation() async throws {
        let client = ModernClient(port: try await Self.host.value.port, path: "/mcp/echo")
        let request = client.request(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 60]],
            meta: ["progressToken": 1]
        )
        let stream = try await EventStream.open(request.http, port: client.port)
        _ = try await stream.message("notifications/progress")
        await stream.close()
        let reply = try await client.call("add", ["a": 1, "b": 2])
        #expect(reply.result?["structuredContent"]?["sum"] == 3, reply.exchange)
    }
}
