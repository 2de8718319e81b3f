import RoostJSON
import Testing

@Suite("Hostile: sessions", .timeLimit(.minutes(10)))
struct SessionRefusals {
    @Test("a session nobody gave is not found") func unknown() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let session = try #require(client.session)
        let forged = [
            "no-such-session", "\(session)x", String(session.dropLast()), String(session.reversed()),
        ]
        for id in forged {
            var request = client.post(LegacyClient.message("tools/list", nil))
            request.fields["Mcp-Session-Id"] = id
            let reply = try await HTTPConnection.exchange(request, port: client.port)
            #expect(reply.status == 404, reply.exchange)
        }
        let reply = try await client.send("tools/list")
        #expect(reply.status == 200 && reply.result != nil, reply.exchange)
    }

    @Test("a forged session cannot be listened to or ended") func forgedStream() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        for method in ["GET", "DELETE"] {
            var request = HTTPRequest(method: method, target: client.path, fields: client.fields)
            request.fields["Accept"] = "text/event-stream"
            request.fields["Mcp-Session-Id"] = "no-such-session"
            let reply = try await HTTPConnection.exchange(request, port: client.port)
            #expect(reply.status == 404, reply.exchange)
        }
    }

    @Test("GET and DELETE without a session are refused", arguments: [("GET", 405), ("DELETE", 400)])
    func withoutSession(_ method: String, _ status: Int) async throws {
        let port = try await RunningHost.shipped.value.port
        var request = HTTPRequest(method: method, target: "/mcp/everything")
        request.fields["Accept"] = "text/event-stream"
        let reply = try await HTTPConnection.exchange(request, port: port)
        #expect(reply.status == status, reply.exchange)
    }

    @Test("a response without a session is refused, and one of a session is accepted")
    func response() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let message: JSONValue = ["jsonrpc": "2.0", "id": 77, "result": [:]]
        let known = try await HTTPConnection.exchange(client.post(message), port: client.port)
        #expect(known.status == 202 && known.body.isEmpty, known.exchange)
        var request = client.post(message)
        request.fields["Mcp-Session-Id"] = nil
        let reply = try await HTTPConnection.exchange(request, port: client.port)
        #expect(reply.status == 400, reply.exchange)
    }

    @Test("a session of another plugin's endpoint is not found here") func otherEndpoint() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        var request = client.post(LegacyClient.message("tools/list", nil))
        request.target = "/mcp/echo"
        let reply = try await HTTPConnection.exchange(request, port: client.port)
        #expect(reply.status == 404, reply.exchange)
    }

    @Test("a version the host does not speak is refused", arguments: ["1999-01-01", "2025-11-26", "x"])
    func version(_ version: String) async throws {
        let client = try await LegacyClient.shipped(.november2025)
        var request = client.post(LegacyClient.message("tools/list", nil))
        request.fields["MCP-Protocol-Version"] = version
        let reply = try await HTTPConnection.exchange(request, port: client.port)
        #expect(reply.status == 400, reply.exchange)
    }
}
