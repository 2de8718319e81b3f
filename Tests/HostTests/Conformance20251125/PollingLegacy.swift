import RoostJSON
import Testing

@Suite("2025-11-25: polling", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct PollingLegacy {
    @Test("server-sse-polling") func polling() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let message = LegacyClient.message("tools/call", ["name": "test_reconnection", "arguments": [:]])
        let stream = try await EventStream.open(client.post(message), port: client.port)
        let priming = try #require(try await stream.nextEvent())
        let id = try #require(priming.id, "\(priming)")
        #expect(!id.isEmpty && (priming.data ?? "").isEmpty, "\(priming)")
        var seen = [priming]
        while let event = try await stream.nextEvent() { seen.append(event) }
        #expect(seen.contains { $0.retry != nil }, "\(seen)")
        #expect(!seen.contains { $0.data?.contains("\"result\"") == true }, "\(seen)")
        let last = seen.compactMap(\.id).last
        let resumed = try await client.listen(after: last)
        let answer = try await answer(on: resumed)
        let shown = await resumed.reply.exchange
        WireSchema.expectValid(
            [answer],
            at: .november2025,
            answering: [message],
            shown: shown,
            #_sourceLocation
        )
        #expect(answer["id"] == 1 && answer["result"]?["isError"] != true, shown)
        await resumed.close()
    }

    @Test("older clients get no priming event, for its empty data broke them") func noPriming() async throws {
        let client = try await LegacyClient.shipped(.june2025)
        let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": 1])
        #expect(reply.events.allSatisfy { $0.comment != nil || $0.data?.isEmpty == false }, reply.exchange)
    }

    private func answer(on stream: EventStream) async throws -> JSONValue {
        while let message = try await stream.nextMessage() {
            if message["method"] == nil { return message }
        }
        throw MalformedAnswer(what: "the result of the interrupted call", found: "\(await stream.reply)")
    }
}
