import RoostJSON
import Testing

/// Which rules a request follows goes by what travels with it, message by message.
@Suite("Both eras on one endpoint", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct EraDetection {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    private func post(_ message: JSONValue, version: String? = nil) async throws -> Reply {
        var request = HTTPRequest(
            method: "POST",
            target: client.path,
            fields: LegacyClient.fields,
            body: message.bytes
        )
        request.fields["MCP-Protocol-Version"] = version
        return try await HTTPConnection.exchange(request, port: client.port)
    }

    @Test(
        "initialize is legacy, whatever version its header states",
        arguments: ["2026-07-28", "2025-06-18", nil]
    )
    func initialize(_ version: String?) async throws {
        let reply = try await post(LegacyClient.initialize("2025-11-25"), version: version)
        #expect(reply.status == 200 && reply.result?["protocolVersion"] == "2025-11-25", reply.exchange)
    }

    @Test("a modern header without the envelope is refused with what is missing")
    func withoutEnvelope() async throws {
        for method in ["tools/list", "ping", "server/discover"] {
            let reply = try await post(LegacyClient.message(method, [:]), version: "2026-07-28")
            reply.expectError(-32602, status: 400)
        }
    }

    @Test("methods that only modern clients know are modern without any header")
    func modernMethods() async throws {
        for method in ["server/discover", "subscriptions/listen"] {
            try await post(LegacyClient.message(method, [:])).expectError(-32602, status: 400)
        }
    }

    @Test("a request without header, envelope or session is one of 2025-03-26") func bare() async throws {
        let message = LegacyClient.message("tools/list", nil)
        let reply = try await post(message)
        #expect(reply.status == 200 || reply.status == 400, reply.exchange)
        if reply.status == 200 {
            WireSchema.expectValid(reply, at: .march2025, answering: [message], #_sourceLocation)
        }
    }

    @Test("a revision later than any known is refused as modern") func laterRevision() async throws {
        var request = client.request("tools/list")
        request.fields["MCP-Protocol-Version"] = "2027-01-01"
        request.meta?[ModernClient.version] = "2027-01-01"
        let reply = try await client.send(request)
        reply.expectError(-32022, status: 400)
        #expect(reply.error?["data"]?["requested"] == "2027-01-01", reply.exchange)
    }

    @Test("a legacy revision cannot be asked for in the envelope")
    func legacyRevisionInEnvelope() async throws {
        var request = client.request("tools/list")
        request.fields["MCP-Protocol-Version"] = "2025-11-25"
        request.meta?[ModernClient.version] = "2025-11-25"
        let reply = try await client.send(request)
        reply.expectError(-32022, status: 400)
    }

    @Test("a batch with an enveloped request is refused") func envelopedBatch() async throws {
        let reply = try await post([client.request("tools/list").message])
        #expect(reply.status == 400 && reply.code == -32600, reply.exchange)
    }

    @Test("legacy and modern requests take turns on one connection") func takingTurns() async throws {
        let legacy = try await LegacyClient.shipped(.november2025)
        let connection = try await HTTPConnection.open(port: client.port)
        for _ in 0..<3 {
            let modern = try await connection.exchange(client.request("tools/list").http)
            #expect(modern.result?["resultType"] == "complete", modern.exchange)
            let old = try await connection.exchange(legacy.post(LegacyClient.message("tools/list", nil)))
            #expect(old.result?["tools"] != nil && old.result?["resultType"] == nil, old.exchange)
        }
    }

    @Test("mirrored headers of a modern client do not matter to a legacy request")
    func mirroredHeaders() async throws {
        let legacy = try await LegacyClient.shipped(.november2025)
        var request = legacy.post(LegacyClient.message("tools/list", nil))
        request.fields["Mcp-Method"] = "tools/list"
        let reply = try await HTTPConnection.exchange(request, port: client.port)
        #expect(reply.status == 200 && reply.result != nil, reply.exchange)
    }

    @Test("a legacy log level holds back what is below it") func legacyLevel() async throws {
        let legacy = try await LegacyClient.shipped(.november2025)
        _ = try await legacy.send("logging/setLevel", ["level": "error"])
        let reply = try await legacy.call("test_tool_with_logging")
        #expect(!reply.notifications.contains { $0["method"] == "notifications/message" }, reply.exchange)
    }
}
