import RoostJSON
import Testing

/// Every misbehaviour ends in a well-formed answer that names plugin and cause, and touches nobody else.
@Suite("Hostile: plugins with vices", .serialized, .timeLimit(.minutes(2)))
struct MisbehavingPlugins {
    let host: RunningHost
    let vices: ModernClient

    init() async throws {
        host = try await RunningHost.vicious.value
        vices = ModernClient(port: host.port, path: "/mcp/vices")
    }

    @Test("a second completion changes nothing, and is logged against the plugin") func completesTwice() async throws {
        let reply = try await vices.call(Vice.completesTwice.rawValue)
        #expect(reply.status == 200 && reply.result?["isError"] != true, reply.exchange)
        #expect(reply.messages.count == 1 && reply.result != nil, reply.exchange)
        let line = try await poll(for: "a line of the log about the second completion: \(host.log)") {
            host.log.split(separator: "\n").first { $0.contains("vices") && $0.contains("twice") }
        }
        #expect(!line.isEmpty)
        try await expectOthersAnswer()
    }

    @Test("a call that never completes ends at its deadline, with the plugin's name") func never() async throws {
        let reply = try await vices.call(Vice.never.rawValue)
        try expectFailure(reply, words: ["vices", "deadline"])
        try await expectOthersAnswer()
    }

    @Test("an answer that is not JSON becomes an error that names the plugin") func badJSON() async throws {
        let reply = try await vices.call(Vice.badJSON.rawValue)
        try expectFailure(reply, words: ["vices", "JSON"])
        try await expectOthersAnswer()
    }

    @Test("a completion after cancel harms nobody") func afterCancel() async throws {
        let request = vices.request("tools/call", ["name": .string(Vice.afterCancel.rawValue), "arguments": [:]])
        let connection = try await HTTPConnection.open(port: host.port)
        try await connection.send(request.http)
        await connection.close()
        try await expectOthersAnswer()
        let reply = try await vices.call(Vice.completesTwice.rawValue)
        #expect(reply.result != nil, reply.exchange)
    }

    @Test("a crash fails its own calls with the plugin and the cause, and the next call works") func crash() async throws {
        for alias in ["vices", "echo"] {
            let client = ModernClient(port: host.port, path: "/mcp/\(alias)")
            let tool = alias == "echo" ? "crash" : Vice.crashes.rawValue
            try expectFailure(try await client.call(tool), words: [alias])
        }
        let echo = ModernClient(port: host.port, path: "/mcp/echo")
        let reply = try await echo.call("add", ["a": 1, "b": 2])
        #expect(reply.result?["structuredContent"]?["sum"] == 3, reply.exchange)
        try await expectOthersAnswer()
    }

    @Test("a crash is told to a legacy client as a result the model can read") func legacyCrash() async throws {
        let client = try await LegacyClient.connect(port: host.port, path: "/mcp/echo", .november2025)
        try expectFailure(try await client.call("crash"), words: ["echo"])
        let next = try await client.call("add", ["a": 1, "b": 2])
        #expect(next.result?["structuredContent"]?["sum"] == 3, next.exchange)
    }

    @Test("a crash while a hundred calls of another plugin run loses none of them") func neighbours() async throws {
        let everything = ModernClient(port: host.port)
        let echo = ModernClient(port: host.port, path: "/mcp/echo")
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
            for place in 0..<100 {
                group.addTask { try await everything.call("test_simple_text") }
                if place == 50 { group.addTask { try await echo.call("crash") } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let well = replies.filter { $0.result != nil && $0.result?["isError"] != true }
        #expect(well.count == 100, "\(replies.filter { $0.result?["isError"] == true })")
    }

    /// An isError result, or a protocol error, that is valid on the wire and says what happened.
    private func expectFailure(
        _ reply: Reply, words: [String], _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(
            reply.result?["isError"] == true || reply.error != nil, reply.exchange, sourceLocation: location)
        let text = reply.result?["content"]?[0]?["text"]?.string ?? reply.error?["message"]?.string ?? ""
        for word in words { #expect(text.contains(word), reply.exchange, sourceLocation: location) }
    }

    private func expectOthersAnswer(_ location: SourceLocation = #_sourceLocation) async throws {
        let everything = ModernClient(port: host.port)
        let reply = try await everything.call("test_simple_text", [:], location)
        #expect(reply.result != nil && reply.result?["isError"] != true, reply.exchange, sourceLocation: location)
    }
}
