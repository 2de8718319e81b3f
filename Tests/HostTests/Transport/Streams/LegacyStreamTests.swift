import RoostJSON
import Testing

@Suite("The session's own stream", .timeLimit(.minutes(1)))
struct LegacyStreamTests {
    private static let graph = "memory://knowledge-graph"

    @Test("list changes arrive on it", arguments: [Revision.march2025, .june2025, .november2025])
    func listChanged(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        let stream = try await client.listen()
        try await retrigger("notifications/tools/list_changed") {
            _ = try await client.call("test_trigger_tool_change")
        } until: {
            try await expect("notifications/tools/list_changed", on: stream, of: client, within: $0)
        }
        try await retrigger("notifications/prompts/list_changed") {
            _ = try await client.call("test_trigger_prompt_change")
        } until: {
            try await expect("notifications/prompts/list_changed", on: stream, of: client, within: $0)
        }
        await stream.close()
    }

    @Test("updates of subscribed resources arrive on it, and of others do not")
    func resourceUpdated() async throws {
        let client = try await LegacyClient.shipped(.november2025, path: "/mcp/memory")
        let stream = try await client.listen()
        let subscribed = try await client.send("resources/subscribe", ["uri": .string(Self.graph)])
        #expect(subscribed.result == [:], subscribed.exchange)
        try await ListenTests.remember("legacy stream")
        let updated = try await expect("notifications/resources/updated", on: stream, of: client)
        #expect(updated["params"]?["uri"]?.string == Self.graph, "\(updated)")
        let unsubscribed = try await client.send("resources/unsubscribe", ["uri": .string(Self.graph)])
        #expect(unsubscribed.result == [:], unsubscribed.exchange)
        await stream.close()
    }

    @Test("ending the session ends it") func terminated() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let stream = try await client.listen()
        let reply = try await client.terminate()
        #expect((200..<300).contains(reply.status), reply.exchange)
        while try await stream.nextEvent() != nil {}
    }

    @Test("a stream resumes after the last event the client saw, without gaps or repeats")
    func resumption() async throws {
        let client = try await LegacyClient.shipped(.november2025, path: "/mcp/echo")
        let message = LegacyClient.message(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 1], "_meta": ["progressToken": "nap"]],
            id: 5
        )
        let stream = try await EventStream.open(client.post(message), port: client.port)
        let first = try await stream.message("notifications/progress")
        let last = try #require(await stream.events.compactMap(\.id).last)
        await stream.close()
        let resumed = try await client.listen(after: last)
        var messages: [JSONValue] = []
        while messages.last?["id"] != 5, let next = try await resumed.nextMessage() { messages.append(next) }
        let shown = await resumed.reply.exchange
        #expect(messages.last?["result"] != nil, shown)
        let values = [first] + messages.filter { $0["method"] == "notifications/progress" }
        let progress = values.compactMap { $0["params"]?["progress"]?.double }
        #expect(zip(progress, progress.dropFirst()).allSatisfy { $0 < $1 }, shown)
        let ids = await (stream.events + resumed.events).compactMap(\.id).filter { !$0.isEmpty }
        #expect(Set(ids).count == ids.count, shown)
        await resumed.close()
    }

    @Test("an event id nobody gave is refused or opens a stream without a past")
    func unknownEvent() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        var request = HTTPRequest(method: "GET", target: client.path, fields: client.fields)
        request.fields["Accept"] = "text/event-stream"
        request.fields["Last-Event-ID"] = "no-such-event"
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(request)
        let head = try await connection.readHead(method: "GET")
        #expect(head.status == 200 || (400..<500).contains(head.status), "\(head)")
    }

    @discardableResult
    private func expect(
        _ method: String,
        on stream: EventStream,
        of client: LegacyClient,
        within limit: Duration = .seconds(60),
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let message = try await stream.message(method, within: limit)
        let shown = await stream.reply.exchange
        WireSchema.expectValid([message], at: client.revision, answering: [], shown: shown, location)
        return message
    }
}
