import RoostJSON
import Testing

@Suite("CORS", .timeLimit(.minutes(10)))
struct CrossOrigin {
    static let headers = [
        "content-type", "accept", "authorization", "mcp-protocol-version", "mcp-method", "mcp-name",
        "mcp-session-id",
        "last-event-id", "mcp-param-region",
    ]

    private func preflight(origin: String) async throws -> Reply {
        let fields: HTTPFields = [
            "Origin": origin, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": Self.headers.joined(separator: ","),
        ]
        let request = HTTPRequest(method: "OPTIONS", target: "/mcp/everything", fields: fields)
        return try await HTTPConnection.exchange(request, port: try await RunningHost.shipped.value.port)
    }

    @Test("a page on this machine may call with every header of the protocol") func allowed() async throws {
        let origin = "http://localhost:5173"
        let reply = try await preflight(origin: origin)
        #expect((200..<300).contains(reply.status) && reply.body.isEmpty, reply.exchange)
        let allowedOrigin = reply.head["Access-Control-Allow-Origin"]
        #expect(allowedOrigin == origin || allowedOrigin == "*", reply.exchange)
        let methods = reply.head["Access-Control-Allow-Methods"] ?? ""
        #expect(["POST", "GET", "DELETE"].allSatisfy { methods.contains($0) }, reply.exchange)
        let allowed = (reply.head["Access-Control-Allow-Headers"] ?? "").lowercased()
        #expect(Self.headers.allSatisfy { allowed.contains($0) }, reply.exchange)
    }

    @Test("a page elsewhere may not") func refused() async throws {
        let reply = try await preflight(origin: "http://evil.example.com")
        #expect(reply.status == 403, reply.exchange)
        #expect(reply.head["Access-Control-Allow-Origin"] == nil, reply.exchange)
    }

    @Test("an answer names the origin it may be read by, and the headers it exposes")
    func answer() async throws {
        let port = try await RunningHost.shipped.value.port
        var request = HTTPRequest(
            method: "POST",
            target: "/mcp/everything",
            fields: LegacyClient.fields,
            body: LegacyClient.initialize("2025-11-25").bytes
        )
        request.fields["Origin"] = "http://localhost:5173"
        let reply = try await HTTPConnection.exchange(request, port: port)
        #expect(reply.status == 200, reply.exchange)
        let origin = reply.head["Access-Control-Allow-Origin"]
        #expect(origin == "http://localhost:5173" || origin == "*", reply.exchange)
        let exposed = (reply.head["Access-Control-Expose-Headers"] ?? "").lowercased()
        #expect(exposed.contains("mcp-session-id") && exposed.contains("www-authenticate"), reply.exchange)
    }

    @Test("OPTIONS without an origin names the methods") func plainOptions() async throws {
        let port = try await RunningHost.shipped.value.port
        let request = HTTPRequest(method: "OPTIONS", target: "/mcp/everything")
        let reply = try await HTTPConnection.exchange(request, port: port)
        #expect((200..<300).contains(reply.status), reply.exchange)
        #expect(reply.head["Allow"]?.contains("POST") == true, reply.exchange)
    }
}
