import Policies
import RoostJSON
import Testing

@Suite("Scopes over HTTP", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct Scopes {
    private func names(_ reply: Reply, _ key: String = "tools") -> [String] {
        reply.result?[key]?.array?.compactMap { ($0["name"] ?? $0["uri"])?.string } ?? []
    }

    /// Every name of a list, page by page.
    private func all(
        _ method: String,
        _ key: String,
        _ client: ModernClient,
        _ credential: String
    ) async throws -> [String] {
        var names: [String] = []
        var cursor: JSONValue?
        repeat {
            var params: JSONObject = [:]
            params["cursor"] = cursor
            let reply = try await client.send(client.request(method, params).showing(credential))
            #expect(reply.result?["cacheScope"] == "private", reply.exchange)
            names += self.names(reply, key)
            cursor = reply.result?["nextCursor"]
        } while cursor != nil
        return names
    }

    /// The tools of memory that change nothing.
    private static let readingTools = [
        "memory_read_graph", "memory_search_nodes", "memory_open_nodes", "memory_retrieve", "memory_list",
        "memory_stats",
    ]

    @Test("lists show a modern caller what it may use, page by page")
    func modern() async throws {
        let client = try await AuthenticatedHost.client()
        let reading = try await all("tools/list", "tools", client, Credentials.token("memory:read openid"))
        #expect(reading == Self.readingTools)
        let one = try await all(
            "tools/list",
            "tools",
            client,
            Credentials.token("memory.create_entities echo.add")
        )
        #expect(one == ["echo_add", "memory_create_entities"])
        let whole = try await all("tools/list", "tools", client, Credentials.token("memory"))
        #expect(whole.count == 16 && whole.allSatisfy { $0.hasPrefix("memory_") })
        #expect(
            try await all("resources/list", "resources", client, Credentials.token("memory:read")).count == 3
        )
        #expect(
            try await all("resources/list", "resources", client, Credentials.token("memory.create_entities"))
                == []
        )
        #expect(try await all("prompts/list", "prompts", client, Credentials.token("echo")) == [])
        #expect(
            try await all("prompts/list", "prompts", client, Credentials.token("memory")) == ["memory_recall"]
        )
        #expect(!(try await all("prompts/list", "prompts", client, Credentials.token("*"))).isEmpty)
    }

    @Test("lists show a legacy caller the same, in its session")
    func legacy() async throws {
        let port = try await AuthenticatedHost.host.port
        var fields = LegacyClient.fields
        fields["X-API-Key"] = Credentials.token("memory:read echo.add")
        let initialize = HTTPRequest(
            method: "POST",
            target: "/mcp",
            fields: fields,
            body: LegacyClient.initialize("2025-11-25").bytes
        )
        let begun = try await HTTPConnection.exchange(initialize, port: port)
        let session: String = try #require(begun.head["Mcp-Session-Id"])
        fields["Mcp-Session-Id"] = session
        var names: [String] = []
        var cursor: JSONValue?
        repeat {
            let params: JSONObject? = cursor.map { ["cursor": $0] }
            let body = LegacyClient.message("tools/list", params).bytes
            let reply = try await HTTPConnection.exchange(
                HTTPRequest(method: "POST", target: "/mcp", fields: fields, body: body),
                port: port
            )
            names += self.names(reply)
            cursor = reply.result?["nextCursor"]
        } while cursor != nil
        #expect(names == ["echo_add"] + Self.readingTools)

        let call = LegacyClient.message(
            "tools/call",
            ["name": "memory_create_entities", "arguments": ["entities": []]]
        )
        let refused = try await HTTPConnection.exchange(
            HTTPRequest(method: "POST", target: "/mcp", fields: fields, body: call.bytes),
            port: port
        )
        #expect(refused.status == 403 && refused.code == 403, refused.exchange)
    }

    @Test("a refused call is 403 with the scope it lacks, and a token with that scope gets through")
    func stepUp() async throws {
        let client = try await AuthenticatedHost.client()
        let request = client.request(
            "tools/call",
            ["name": "memory_create_entities", "arguments": ["entities": []]]
        )
        let refused = try await client.send(request.showing(Credentials.token("memory:read")))
        #expect(refused.status == 403, refused.exchange)
        #expect(
            refused.head["WWW-Authenticate"]
                == #"Bearer resource_metadata="https://mcp.test/.well-known/oauth-protected-resource/mcp", error="insufficient_scope", scope="memory.create_entities""#
        )
        #expect(refused.error?["data"]?["scopes"] == ["memory.create_entities"])
        let allowed = try await client.send(
            request.showing(Credentials.token("memory:read memory.create_entities"))
        )
        #expect(allowed.status == 200 && allowed.result != nil, allowed.exchange)
    }

    @Test("reading, prompts, completions and subscriptions follow the same scopes")
    func reading() async throws {
        let client = try await AuthenticatedHost.client("/mcp/everything")
        let requests = [
            client.request("resources/read", ["uri": "test://static-text"]),
            client.request("prompts/get", ["name": "test_simple_prompt"]),
            client.request(
                "completion/complete",
                [
                    "ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"],
                    "argument": ["name": "arg1", "value": "a"],
                ]
            ),
        ]
        for request in requests {
            let refused = try await client.send(
                request.showing(Credentials.token("everything.test_simple_text"))
            )
            #expect(
                refused.status == 403 && refused.error?["data"]?["scopes"] == ["everything:read"],
                refused.exchange
            )
            #expect(
                try await client.send(request.showing(Credentials.token("everything:read"))).result != nil
            )
        }
        // At an address where it may use nothing, a caller is told so at once.
        let elsewhere = try await client.send(
            client.request("tools/list").showing(Credentials.token("memory"))
        )
        #expect(elsewhere.status == 403, elsewhere.exchange)
        #expect(elsewhere.head["WWW-Authenticate"]?.contains(#"scope="everything""#) == true)
    }

    @Test("clients find out where to get a token, from any page and without one")
    func metadata() async throws {
        let port = try await AuthenticatedHost.host.port
        for (path, resource) in [
            ("", "https://mcp.test"), ("/mcp", "https://mcp.test/mcp"),
            ("/mcp/memory", "https://mcp.test/mcp/memory"),
            ("/api/mcp/memory", "https://mcp.test/api/mcp/memory"),
        ] {
            var request = HTTPRequest(method: "GET", target: "/.well-known/oauth-protected-resource\(path)")
            request.fields["Origin"] = "https://some.page"
            let reply = try await HTTPConnection.exchange(request, port: port)
            #expect(reply.status == 200 && reply.head["Access-Control-Allow-Origin"] == "*", reply.exchange)
            let document = try JSONValue(parsing: reply.body)
            #expect(document["resource"]?.string == resource)
            #expect(document["authorization_servers"] == ["https://issuer.test"])
            #expect(document["scopes_supported"]?.array?.contains("memory:read") == true)
        }
        let asked = HTTPRequest(
            method: "OPTIONS",
            target: "/.well-known/oauth-protected-resource/mcp",
            fields: [
                "Origin": "https://some.page", "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": "mcp-protocol-version",
            ]
        )
        let preflight = try await HTTPConnection.exchange(asked, port: port)
        #expect(
            preflight.status == 204 && preflight.head["Access-Control-Allow-Origin"] == "*",
            preflight.exchange
        )
        #expect(preflight.head["Access-Control-Allow-Headers"]?.contains("mcp-protocol-version") == true)
        let none = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/.well-known/oauth-protected-resource/mcp/nobody"),
            port: port
        )
        #expect(none.status == 404)
    }

    @Test("a session, its streams and a sealed state are their caller's only")
    func others() async throws {
        let port = try await AuthenticatedHost.host.port
        var fields = LegacyClient.fields
        fields["Authorization"] = "Bearer \(Credentials.token("*", subject: "alice"))"
        let initialize = LegacyClient.initialize("2025-11-25").bytes
        let begun = try await HTTPConnection.exchange(
            HTTPRequest(method: "POST", target: "/mcp", fields: fields, body: initialize),
            port: port
        )
        let session: String = try #require(begun.head["Mcp-Session-Id"])
        fields["Mcp-Session-Id"] = session
        let ping = LegacyClient.message("ping", nil).bytes
        for (subject, status) in [("alice", 200), ("mallory", 404)] {
            fields["Authorization"] = "Bearer \(Credentials.token("*", subject: subject))"
            let reply = try await HTTPConnection.exchange(
                HTTPRequest(method: "POST", target: "/mcp", fields: fields, body: ping),
                port: port
            )
            #expect(reply.status == status, reply.exchange)
        }
        for method in ["GET", "DELETE"] {
            let reply = try await HTTPConnection.exchange(
                HTTPRequest(method: method, target: "/mcp", fields: fields),
                port: port
            )
            #expect(reply.status == 404, reply.exchange)
        }

        let client = try await AuthenticatedHost.client("/mcp/everything")
        let tool = "test_input_required_result_request_state"
        let first = client.request("tools/call", ["name": .string(tool), "arguments": [:]])
        let state = try InputRequiredShapes.state(
            try await client.send(first.showing(Credentials.token("*", subject: "alice")))
        )
        let retry = client.request(
            "tools/call",
            [
                "name": .string(tool), "arguments": [:], "requestState": .string(state),
                "inputResponses": ["confirm": InputRequiredShapes.accepted(["ok": true])],
            ]
        )
        let stolen = try await client.send(retry.showing(Credentials.token("*", subject: "mallory")))
        #expect(stolen.code == -32602, stolen.exchange)
        let own = try await client.send(retry.showing(Credentials.token("*", subject: "alice")))
        #expect(own.result != nil, own.exchange)
    }
}
