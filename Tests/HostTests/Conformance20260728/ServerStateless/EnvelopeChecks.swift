import RoostJSON
import Testing

/// What a host says to a request whose envelope is incomplete, or of a version it does not speak.
enum EnvelopeChecks {
    static let all: [Check<ModernClient>] = [
        Check("sep-2575-request-meta-invalid-missing-meta, sep-2575-http-server-meta-invalid-400") { client in
            var request = client.request("server/discover")
            request.meta = nil
            try await client.send(request).expectError(-32602, status: 400)
        },
        Check("sep-2575-request-meta-invalid-missing-meta: no params at all") { client in
            let request = client.request("server/discover", nil)
            try await client.send(request).expectError(-32602, status: 400)
        },
        Check("sep-2575-request-meta-invalid-missing-protocol-version") { client in
            var request = client.request("server/discover")
            request.meta?[ModernClient.version] = nil
            try await client.send(request).expectError(-32602, status: 400)
        },
        Check("sep-2575-request-meta-invalid-missing-client-capabilities") { client in
            var request = client.request("server/discover")
            request.meta?[ModernClient.clientCapabilities] = nil
            try await client.send(request).expectError(-32602, status: 400)
        },
        Check("client capabilities of the wrong type are no capabilities") { client in
            var request = client.request("server/discover")
            request.meta?[ModernClient.clientCapabilities] = ["sampling"]
            try await client.send(request).expectError(-32602, status: 400)
        },
        Check("sep-2575-request-meta-client-info-optional") { client in
            var request = client.request("server/discover")
            request.meta?[ModernClient.clientInfo] = nil
            let reply = try await client.send(request)
            #expect(reply.status == 200 && reply.result != nil, reply.exchange)
        },
        Check("sep-2575-server-unsupported-version-error, sep-2575-http-server-unsupported-version-400") {
            client in
            var request = client.request("server/discover")
            request.meta?[ModernClient.version] = "v999.0.0"
            request.fields["MCP-Protocol-Version"] = "v999.0.0"
            let reply = try await client.send(request)
            reply.expectError(-32022, status: 400)
            #expect(reply.error?["data"]?["requested"] == "v999.0.0", reply.exchange)
            let supported = reply.error?["data"]?["supported"]?.array ?? []
            let discovered = try await client.send("server/discover")
            let known = discovered.result?["supportedVersions"]?.array ?? []
            #expect(!supported.isEmpty && supported.allSatisfy { known.contains($0) }, reply.exchange)
        },
        Check("sep-2575-http-server-header-mismatch-400") { client in
            var request = client.request("server/discover")
            request.meta?[ModernClient.version] = "v999.0.0"
            try await client.send(request).expectError(-32020, status: 400)
        },
        Check("a missing version header does not match the envelope") { client in
            var request = client.request("server/discover")
            request.fields["MCP-Protocol-Version"] = nil
            try await client.send(request).expectError(-32020, status: 400)
        },
        Check("sep-2575-http-server-error-jsonrpc-id") { client in
            for id: JSONValue in [0, 42, -7, "a text", "", 9_007_199_254_740_993] {
                var request = client.request("unknown/method")
                request.id = id
                try await client.send(request).expectError(-32601, status: 404, id: id)
            }
        },
        Check("a session id on an enveloped request is ignored") { client in
            var request = client.request("server/discover")
            request.fields["Mcp-Session-Id"] = "no-such-session"
            let reply = try await client.send(request)
            #expect(reply.status == 200 && reply.head["Mcp-Session-Id"] == nil, reply.exchange)
        },
    ]
}
