import RoostJSON
import Testing

@Suite("2025-03-26: batches", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct Batches {
    @Test("a batch of requests and notifications is answered by one response for each request")
    func mixed() async throws {
        let client = try await LegacyClient.shipped(.march2025)
        let requests = [
            LegacyClient.message("ping", nil, id: 1), LegacyClient.message("tools/list", nil, id: "two"),
            LegacyClient.message("unknown/method", nil, id: 3),
        ]
        let notification = LegacyClient.message("notifications/roots/list_changed", nil, id: nil)
        let reply = try await send(.array(requests + [notification]), client)
        #expect(reply.status == 200 && reply.messages.count == 3, reply.exchange)
        let answers: [JSONValue?: JSONValue] = reply.messages.reduce(into: [:]) { $0[$1["id"]] = $1 }
        #expect(answers[1]?["result"] == [:], reply.exchange)
        #expect(answers["two"]?["result"]?["tools"]?.array?.isEmpty == false, reply.exchange)
        #expect(answers[3]?["error"]?["code"] == -32601, reply.exchange)
        WireSchema.expectValid(reply, at: .march2025, answering: requests, #_sourceLocation)
    }

    @Test("a batch of notifications alone is accepted without a body") func notifications() async throws {
        let client = try await LegacyClient.shipped(.march2025)
        let notification = LegacyClient.message("notifications/roots/list_changed", nil, id: nil)
        let reply = try await send([notification, notification], client)
        #expect(reply.status == 202 && reply.body.isEmpty, reply.exchange)
    }

    @Test("one malformed member of a batch does not spoil the others") func malformed() async throws {
        let client = try await LegacyClient.shipped(.march2025)
        let reply = try await send([LegacyClient.message("ping", nil, id: 1), 7], client)
        #expect(reply.status == 200, reply.exchange)
        #expect(reply.messages.contains { $0["id"] == 1 && $0["result"] == [:] }, reply.exchange)
        #expect(reply.messages.contains { $0["error"]?["code"] == -32600 }, reply.exchange)
    }

    @Test("an empty batch, and one with initialize, are invalid requests") func invalid() async throws {
        let client = try await LegacyClient.shipped(.march2025)
        for batch: JSONValue in [[], [LegacyClient.initialize("2025-03-26")]] {
            let reply = try await send(batch, client)
            #expect(reply.messages.contains { $0["error"]?["code"] == -32600 }, reply.exchange)
        }
    }

    @Test("later revisions refuse a batch", arguments: [Revision.june2025, .november2025])
    func refused(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        let reply = try await send([LegacyClient.message("ping", nil, id: 1)], client)
        #expect(reply.status == 400 && reply.code == -32600, reply.exchange)
    }

    private func send(_ batch: JSONValue, _ client: LegacyClient) async throws -> Reply {
        try await HTTPConnection.exchange(client.post(batch), port: client.port)
    }
}
