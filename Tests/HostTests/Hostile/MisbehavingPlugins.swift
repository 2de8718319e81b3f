import EventWaiting
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

    @Test("a second completion changes nothing, and is logged against the plugin")
    func completesTwice() async throws {
        let reply = try await vices.call("complete_twice")
        #expect(try ToolShapes.text(reply) == "once", reply.exchange)
        #expect(reply.messages.count == 1, reply.exchange)
        _ = try await poll(for: "a warning about the second completion of vices") {
            host.log.split(separator: "\n").first { $0.contains("vices") && $0.contains("already") } != nil
                ? true : nil
        }
        try await expectOthersAnswer()
    }

    @Test("a call that never completes ends at its deadline, with the plugin's name")
    func never() async throws {
        expectFailure(try await vices.call("never"), words: ["vices", "deadline"])
        try await expectOthersAnswer()
    }

    @Test(
        "an answer that is none becomes an error that names the plugin",
        arguments: [("bad_json", "JSON"), ("not_an_object", "object"), ("bad_status", "99")]
    )
    func badAnswer(_ tool: String, _ word: String) async throws {
        expectFailure(try await vices.call(tool), words: ["vices", word])
        #expect(try ToolShapes.text(try await vices.call("late")) == "at last")
    }

    @Test("a completion after cancel harms nobody")
    func afterCancel() async throws {
        let request = vices.request("tools/call", ["name": "after_cancel", "arguments": [:]])
        let connection = try await HTTPConnection.open(port: host.port)
        try await connection.send(request.http)
        await connection.close()
        #expect(try ToolShapes.text(try await vices.call("late")) == "at last")
        try await expectOthersAnswer()
    }

    @Test(
        "a crash fails its own call with the plugin and the cause, and the next call works",
        arguments: [("crash", "SIGABRT"), ("segfault", "SIGSEGV"), ("leave", "7")]
    )
    func crash(_ tool: String, _ cause: String) async throws {
        expectFailure(try await vices.call(tool), words: ["vices", cause])
        #expect(try ToolShapes.text(try await vices.call("late")) == "at last")
        try await expectOthersAnswer()
    }

    @Test("a crash is told to a legacy client, whose session goes on")
    func legacyCrash() async throws {
        let client = try await LegacyClient.connect(port: host.port, path: "/mcp/echo", .november2025)
        let reply = try await client.call("crash")
        expectFailure(reply, words: ["echo", "SIGABRT"])
        #expect(reply.status == 200, reply.exchange)
        let next = try await client.call("add", ["a": 1, "b": 2])
        #expect(next.result?["structuredContent"]?["sum"] == 3, next.exchange)
    }

    @Test("a crash while a hundred calls of another plugin run loses none of them")
    func neighbours() async throws {
        let everything = ModernClient(port: host.port)
        let vices = vices
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
            for place in 0..<100 {
                group.addTask { try await everything.call("test_simple_text") }
                if place % 25 == 0 { group.addTask { try await vices.call("crash") } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let well = replies.filter { $0.result != nil && $0.result?["isError"] != true }
        #expect(well.count == 100, "\(replies.filter { $0.result?["isError"] == true })")
    }

    @Test("progress that falls is kept from the client")
    func backwards() async throws {
        let reply = try await vices.call("backwards", meta: ["progressToken": 1])
        let values = reply.notifications.compactMap { $0["params"]?["progress"]?.double }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 }, reply.exchange)
        #expect(try ToolShapes.text(reply) == "done", reply.exchange)
    }

    @Test("a plugin that holds its thread keeps no other plugin waiting")
    func hang() async throws {
        let vices = vices
        async let hanging = vices.call("hang")
        try await expectOthersAnswer()
        let reply = try await hanging
        #expect(try ToolShapes.text(reply) == "awake", reply.exchange)
    }

    @Test("a log line that is not JSON reaches the client as text")
    func logText() async throws {
        let reply = try await vices.call("log_text", meta: [ModernClient.logLevel: "debug"])
        #expect(try ToolShapes.text(reply) == "logged", reply.exchange)
        let data = reply.notifications.filter { $0["method"] == "notifications/message" }
        #expect(data.allSatisfy { $0["params"]?["data"]?.string == "no JSON" }, reply.exchange)
    }

    @Test("a log line after the answer is not sent, and one within the level is")
    func logLine() async throws {
        let reply = try await vices.call("log", meta: [ModernClient.logLevel: "notice"])
        let lines = reply.notifications.map { $0["params"]?["data"] }
        #expect(lines == ["a line"], reply.exchange)
        #expect(try ToolShapes.text(reply) == "no debug", reply.exchange)
    }

    @Test("an answer of 8 MB arrives whole")
    func big() async throws {
        let request = vices.request("tools/call", ["name": "big", "arguments": [:]])
        let reply = try await HTTPConnection.exchange(request.http, port: host.port)
        #expect(reply.result?["content"]?[0]?["text"]?.string?.utf8.count == 8 << 20, "\(reply.head)")
    }

    /// An isError result, or a protocol error, that is valid on the wire and says what happened.
    private func expectFailure(_ reply: Reply, words: [String], _ location: SourceLocation = #_sourceLocation)
    {
        let text = reply.result?["content"]?[0]?["text"]?.string ?? reply.error?["message"]?.string ?? ""
        let failed = reply.result?["isError"] == true || reply.error != nil
        #expect(failed, reply.exchange, sourceLocation: location)
        for word in words { #expect(text.contains(word), reply.exchange, sourceLocation: location) }
    }

    private func expectOthersAnswer(_ location: SourceLocation = #_sourceLocation) async throws {
        let everything = ModernClient(port: host.port)
        let reply = try await everything.call("test_simple_text", [:], location)
        #expect(
            reply.result != nil && reply.result?["isError"] != true,
            reply.exchange,
            sourceLocation: location
        )
    }
}
