import RoostJSON
import Testing

@Suite("Legacy revisions: lifecycle", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct LifecycleLegacy {
    static let revisions: [Revision] = [.march2025, .june2025, .november2025]

    @Test("server-initialize", arguments: revisions) func initialize(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        let reply = client.initialized
        #expect(reply.result?["serverInfo"]?["name"]?.string?.isEmpty == false, reply.exchange)
        #expect(reply.result?["serverInfo"]?["version"]?.string?.isEmpty == false, reply.exchange)
        #expect(reply.result?["capabilities"]?.object != nil, reply.exchange)
        let session = try #require(client.session, reply.exchange)
        #expect(!session.isEmpty && session.utf8.allSatisfy { (0x21...0x7E).contains($0) }, reply.exchange)
    }

    @Test("ping", arguments: revisions) func ping(_ revision: Revision) async throws {
        let reply = try await LegacyClient.shipped(revision).send("ping")
        #expect(reply.status == 200 && reply.result == [:], reply.exchange)
    }

    @Test("logging-set-level", arguments: revisions) func setLevel(_ revision: Revision) async throws {
        let reply = try await LegacyClient.shipped(revision).send("logging/setLevel", ["level": "info"])
        #expect(reply.status == 200 && reply.result == [:], reply.exchange)
    }

    @Test("an unknown log level is an invalid parameter", arguments: revisions)
    func unknownLevel(_ revision: Revision) async throws {
        let reply = try await LegacyClient.shipped(revision).send("logging/setLevel", ["level": "loud"])
        #expect(reply.code == -32602, reply.exchange)
    }

    @Test("server-session-lifecycle", arguments: revisions) func session(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        try #require(client.session != nil)
        let ended = try await client.terminate()
        #expect((200..<300).contains(ended.status), ended.exchange)
        let after = try await client.send("tools/list")
        #expect(after.status == 404, after.exchange)
    }

    @Test(
        "initialize never settles on a modern or an unknown revision",
        arguments: ["2026-07-28", "1999-01-01", "x"]
    )
    func negotiation(_ version: String) async throws {
        let port = try await RunningHost.shipped.value.port
        let message = LegacyClient.initialize(version)
        let request = HTTPRequest(
            method: "POST",
            target: "/mcp/everything",
            fields: LegacyClient.fields,
            body: message.bytes
        )
        let reply = try await HTTPConnection.exchange(request, port: port)
        #expect(reply.status == 200 && reply.result?["protocolVersion"] == "2025-11-25", reply.exchange)
    }

    @Test("foreign keys in the envelope of initialize do not make it modern") func foreignMeta() async throws
    {
        let port = try await RunningHost.shipped.value.port
        var message = LegacyClient.initialize("2025-11-25").object ?? [:]
        var params = message["params"]?.object ?? [:]
        params["_meta"] = ["com.example/key": 1]
        message["params"] = .object(params)
        let request = HTTPRequest(
            method: "POST",
            target: "/mcp/everything",
            fields: LegacyClient.fields,
            body: JSONValue.object(message).bytes
        )
        let reply = try await HTTPConnection.exchange(request, port: port)
        #expect(reply.status == 200 && reply.result?["protocolVersion"] == "2025-11-25", reply.exchange)
    }
}
