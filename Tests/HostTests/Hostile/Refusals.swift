import RoostJSON
import Testing

@Suite("Hostile: what HTTP itself refuses", .timeLimit(.minutes(10)))
struct Refusals {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    private func send(_ change: (inout HTTPRequest) -> Void) async throws -> Reply {
        var request = client.request("tools/list").http
        change(&request)
        return try await HTTPConnection.exchange(request, port: client.port)
    }

    @Test(
        "a body that is not JSON by its type is refused",
        arguments: ["text/plain", "application/xml", "", nil]
    )
    func contentType(_ type: String?) async throws {
        let reply = try await send { $0.fields["Content-Type"] = type }
        #expect(reply.status == 415, reply.exchange)
    }

    @Test("parameters and case of the content type do not matter")
    func contentTypeParameters() async throws {
        for type in ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"]
        {
            let reply = try await send { $0.fields["Content-Type"] = type }
            #expect(reply.status == 200, reply.exchange)
        }
    }

    @Test("an answer nobody would accept is refused", arguments: ["text/html", "image/png, text/plain"])
    func accept(_ accept: String) async throws {
        let reply = try await send { $0.fields["Accept"] = accept }
        #expect(reply.status == 406, reply.exchange)
    }

    @Test(
        "wildcards and either type are acceptable",
        arguments: ["*/*", "application/*", "application/json", "text/html, */*;q=0.1", nil]
    )
    func lenientAccept(_ accept: String?) async throws {
        let reply = try await send { $0.fields["Accept"] = accept }
        #expect(reply.status == 200 && reply.result != nil, reply.exchange)
    }

    @Test("other methods are refused with the allowed ones", arguments: ["PUT", "PATCH", "TRACE"])
    func method(_ method: String) async throws {
        let reply = try await send { $0.method = method }
        #expect(reply.status == 405, reply.exchange)
        #expect(reply.head["Allow"]?.contains("POST") == true, reply.exchange)
    }

    @Test("POST to /ping is refused with the allowed methods") func postToPing() async throws {
        let reply = try await send { $0.target = "/ping" }
        #expect(reply.status == 405 && reply.head["Allow"]?.contains("GET") == true, reply.exchange)
    }

    @Test(
        "an unknown path is not found",
        arguments: [
            "/", "/mcp/nobody", "/mcp/everything/x", "/mcpx", "/nothing", "/../etc/passwd", "/mcp/%00",
        ]
    )
    func unknownPath(_ path: String) async throws {
        let reply = try await send { $0.target = path }
        #expect(reply.status == 404, reply.exchange)
    }

    @Test("one plugin's endpoint is also under /api") func alternativePath() async throws {
        let reply = try await send { $0.target = "/api/mcp/everything" }
        #expect(reply.status == 200 && reply.result != nil, reply.exchange)
    }

    @Test(
        "a notification is accepted without a body",
        arguments: ["notifications/cancelled", "notifications/else"]
    )
    func notification(_ method: String) async throws {
        var request = client.request(method, ["requestId": 99])
        request.id = nil
        let reply = try await HTTPConnection.exchange(request.http, port: client.port)
        #expect(reply.status == 202 && reply.body.isEmpty, reply.exchange)
    }
}
