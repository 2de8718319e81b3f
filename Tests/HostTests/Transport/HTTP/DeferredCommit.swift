import RoostJSON
import Testing

@Suite("JSON or an event stream", .timeLimit(.minutes(10)))
struct DeferredCommit {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    @Test("a call that says nothing on the way is answered with JSON") func plain() async throws {
        let reply = try await client.call("test_simple_text")
        #expect(reply.head.contentType == "application/json", reply.exchange)
        #expect(reply.head["Mcp-Session-Id"] == nil, reply.exchange)
    }

    @Test("a stream tells proxies to let it through at once") func stream() async throws {
        let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": 1])
        #expect(reply.isEventStream, reply.exchange)
        #expect(reply.head["X-Accel-Buffering"] == "no", reply.exchange)
        #expect(reply.head["Cache-Control"]?.contains("no-cache") == true, reply.exchange)
        #expect(reply.events.allSatisfy { $0.type == "message" }, reply.exchange)
    }

    @Test("progress arrives while the call runs, not with its result") func timely() async throws {
        var client = client
        client.path = "/mcp/echo"
        let request = client.request(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 60]],
            meta: ["progressToken": "nap"]
        )
        let stream = try await EventStream.open(request.http, port: client.port)
        let first = try await stream.message("notifications/progress")
        #expect(first["params"]?["progressToken"] == "nap", "\(first)")
        await stream.close()
    }
}
