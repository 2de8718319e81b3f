import RoostJSON
import Testing

/// What server/discover tells, and that the host keeps to it.
enum DiscoverChecks {
    static let all: [Check<ModernClient>] = [
        Check("sep-2575-server-implements-discover") { client in
            let reply = try await client.send("server/discover")
            let result = try reply.requireResult()
            #expect(result["supportedVersions"]?.array?.contains("2026-07-28") == true, reply.exchange)
            #expect(result["capabilities"]?.object != nil, reply.exchange)
            #expect(result["resultType"] == "complete", reply.exchange)
            #expect(result["serverInfo"] == nil && result["protocolVersion"] == nil, reply.exchange)
        },
        Check("sep-2575-server-identifies-in-result-meta") { client in
            let reply = try await client.send("server/discover")
            let info = reply.result?["_meta"]?[ModernClient.serverInfo]
            #expect(info?["name"]?.string?.isEmpty == false, reply.exchange)
            #expect(info?["version"]?.string?.isEmpty == false, reply.exchange)
        },
        Check("sep-2575-server-declares-prompts-in-discover, sep-2575-discover-capabilities-match-handlers") {
            client in
            try await expectDeclared("prompts", iffServed: "prompts/list", client)
            try await expectDeclared("tools", iffServed: "tools/list", client)
            try await expectDeclared("resources", iffServed: "resources/list", client)
            try await expectDeclared("completions", iffServed: "completion/complete", client)
        },
        Check("a plugin without prompts declares none and serves none") { client in
            var client = client
            client.path = "/mcp/echo"
            try await expectDeclared("prompts", iffServed: "prompts/list", client)
            try await expectDeclared("resources", iffServed: "resources/list", client)
            let reply = try await client.send("server/discover")
            #expect(reply.result?["capabilities"]?["prompts"] == nil, reply.exchange)
        },
        Check("sep-2575-server-rejects-undeclared-capability, sep-2575-missing-capability-http-400") {
            client in
            let listed = try await client.send("tools/list")
            let names = listed.result?["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(names.contains("test_missing_capability"), listed.exchange)
            var client = client
            client.capabilities = [:]
            let reply = try await client.call("test_missing_capability")
            reply.expectError(-32021, status: 400)
            #expect(reply.error?["data"]?["requiredCapabilities"]?["sampling"]?.object != nil, reply.exchange)
        },
    ]

    private static func expectDeclared(
        _ capability: String,
        iffServed method: String,
        _ client: ModernClient,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let discovered = try await client.send("server/discover")
        let isDeclared = discovered.result?["capabilities"]?[capability] != nil
        let params = method == "completion/complete" ? PromptShapes.completionParams : [:]
        let reply = try await client.send(method, params)
        #expect(isDeclared == (reply.code != -32601), discovered.exchange, sourceLocation: location)
        #expect(isDeclared == (reply.status != 404), reply.exchange, sourceLocation: location)
    }
}
