import RoostJSON
import Testing

@Suite("A host that is told to stop", .timeLimit(.minutes(10)))
struct Shutdown {
    private static func start() async throws -> RunningHost {
        try await RunningHost.start(
            HostFile(plugins: [("echo", "libEcho.so"), ("everything", "libEverything.so")])
        )
    }

    @Test("ends its subscriptions with their results") func subscriptions() async throws {
        let host = try await Self.start()
        let client = ModernClient(port: host.port)
        let subscription = try await client.listen(["toolsListChanged": true], id: "until the end")
        host.stop()
        let last = try await subscription.next()
        #expect(last["result"]?["resultType"] == "complete" && last["id"] == "until the end", "\(last)")
        #expect(try await subscription.stream.nextEvent() == nil)
    }

    @Test("lets open calls finish") func openCalls() async throws {
        let host = try await Self.start()
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        let request = client.request(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 2]],
            meta: ["progressToken": 1]
        )
        let stream = try await EventStream.open(request.http, port: host.port)
        _ = try await stream.message("notifications/progress")
        host.stop()
        while let message = try await stream.nextMessage() {
            guard message["method"] == nil else { continue }
            let reply = await stream.reply
            #expect(
                message["result"]?["content"]?[0]?["text"]?.string?.contains("rested") == true,
                reply.exchange
            )
            return
        }
        Issue.record("the stream ended without a result: \(await stream.reply)")
    }

    @Test("lets open calls of a session finish") func openSessionCalls() async throws {
        let host = try await Self.start()
        let client = try await LegacyClient.connect(port: host.port, path: "/mcp/echo", .november2025)
        let message = LegacyClient.message(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 2], "_meta": ["progressToken": 1]],
            id: 7
        )
        let stream = try await EventStream.open(client.post(message), port: host.port)
        _ = try await stream.message("notifications/progress")
        host.stop()
        while let message = try await stream.nextMessage() {
            guard message["method"] == nil else { continue }
            let reply = await stream.reply
            #expect(message["id"] == 7 && message["result"] != nil, reply.exchange)
            return
        }
        Issue.record("the stream ended without a result: \(await stream.reply)")
    }
}
