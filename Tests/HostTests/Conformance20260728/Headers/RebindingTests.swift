import RoostJSON
import Testing

@Suite("DNS rebinding", .whereWireSchemasAre, .timeLimit(.minutes(1)))
struct RebindingTests {
    @Test("dns-rebinding-protection") func modern() async throws {
        let client = try await ModernClient.shipped()
        try await expectGuarded(client.request("server/discover").http, port: client.port)
    }

    @Test("dns-rebinding-protection, 2025-11-25") func legacy() async throws {
        let port = try await RunningHost.shipped.value.port
        let body = LegacyClient.initialize("2025-11-25").bytes
        let request = HTTPRequest(
            method: "POST",
            target: "/mcp/everything",
            fields: LegacyClient.fields,
            body: body
        )
        try await expectGuarded(request, port: port)
    }

    private func expectGuarded(_ request: HTTPRequest, port: Int) async throws {
        let evil = try await send(
            request,
            host: "evil.example.com",
            origin: "http://evil.example.com",
            port: port
        )
        #expect((400..<500).contains(evil.status), evil.exchange)
        let origin = try await send(request, host: nil, origin: "http://evil.example.com", port: port)
        #expect(origin.status == 403, origin.exchange)
        let host = try await send(request, host: "evil.example.com", origin: nil, port: port)
        #expect((400..<500).contains(host.status), host.exchange)
        for name in ["127.0.0.1", "localhost"] {
            let own = "\(name):\(port)"
            let valid = try await send(request, host: own, origin: "http://\(own)", port: port)
            #expect((200..<300).contains(valid.status) && valid.result != nil, valid.exchange)
        }
    }

    private func send(_ request: HTTPRequest, host: String?, origin: String?, port: Int) async throws -> Reply
    {
        var request = request
        request.fields["Host"] = host
        request.fields["Origin"] = origin
        return try await HTTPConnection.exchange(request, port: port)
    }
}
