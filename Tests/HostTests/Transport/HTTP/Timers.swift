import RoostJSON
import Testing

@Suite("Quiet connections", .timeLimit(.minutes(10)))
struct Timers {
    private static func start() async throws -> RunningHost {
        var file = HostFile(plugins: [("echo", "libEcho.so"), ("everything", "libEverything.so")])
        file.further = "http: { keep_alive: 500ms, idle_timeout: 10s }"
        return try await RunningHost.start(file)
    }

    @Test("an open subscription shows signs of life") func subscription() async throws {
        let host = try await Self.start()
        let subscription = try await ModernClient(port: host.port).listen(["toolsListChanged": true])
        for _ in 0..<2 {
            let event = try #require(try await subscription.stream.nextEvent())
            #expect(event.comment != nil, "\(event)")
        }
        await subscription.close()
        host.stop()
    }

    @Test("a call that says nothing for long becomes a stream with signs of life, and then its result")
    func quietCall() async throws {
        let host = try await Self.start()
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        let reply = try await client.call("sleep", ["seconds": 3])
        #expect(reply.isEventStream && reply.events.contains { $0.comment != nil }, reply.exchange)
        #expect(reply.result?["content"]?[0]?["text"]?.string?.contains("rested") == true, reply.exchange)
        host.stop()
    }

    @Test("a client that accepts no stream gets its answer as JSON, however long it takes")
    func jsonOnly() async throws {
        let host = try await Self.start()
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        var request = client.request(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 3]],
            meta: ["progressToken": 1]
        )
        request.fields["Accept"] = "application/json"
        let reply = try await client.send(request)
        #expect(reply.head.contentType == "application/json" && reply.result != nil, reply.exchange)
        host.stop()
    }

    @Test("a connection nobody uses is closed") func idle() async throws {
        let host = try await Self.start()
        let connection = try await HTTPConnection.open(port: host.port)
        #expect(try await connection.readToEnd(within: .seconds(60)).isEmpty)
        host.stop()
    }
}
