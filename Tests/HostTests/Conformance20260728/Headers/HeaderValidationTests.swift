import RoostJSON
import Testing

@Suite("2026-07-28: http-header-validation", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct HeaderValidationTests {
    @Test("http-header-validation", arguments: checks) func check(_ check: Check<ModernClient>) async throws {
        try await check.run(try await .shipped())
    }

    static let checks: [Check<ModernClient>] = [
        refusal("Mcp-Method is missing") { $0.fields["Mcp-Method"] = nil },
        refusal("Mcp-Method is of another method") { $0.fields["Mcp-Method"] = "prompts/list" },
        refusal("Mcp-Method is in another case") { $0.fields["Mcp-Method"] = "TOOLS/CALL" },
        refusal("Mcp-Name is missing") { $0.fields["Mcp-Name"] = nil },
        refusal("Mcp-Name is of another tool") { $0.fields["Mcp-Name"] = "another_tool" },
        refusal("Mcp-Name is in another case") {
            $0.fields["Mcp-Name"] = $0.fields["Mcp-Name"]?.uppercased()
        },
        refusal("Mcp-Name comes twice, and differs") { $0.fields.append("Mcp-Name", "another_tool") },
        refusal("Mcp-Method comes twice, and differs") { $0.fields.append("Mcp-Method", "prompts/list") },
        refusal("the version comes twice, and differs") {
            $0.fields.append("MCP-Protocol-Version", "2025-11-25")
        },
        refusal("Mcp-Name is bad Base64") { $0.fields["Mcp-Name"] = "=?base64?SGVs!!!bG8=?=" },
        acceptance("sep-2243-server-accepts-whitespace-header-value") { request in
            request.fields["Mcp-Name"] = request.fields["Mcp-Name"].map { "   \($0) \t " }
        },
        acceptance("sep-2243-header-name-case-insensitive: lower") { request in
            rename(["Mcp-Method": "mcp-method", "Mcp-Name": "mcp-name"], in: &request)
        },
        acceptance("sep-2243-header-name-case-insensitive: upper") { request in
            rename(["Mcp-Method": "MCP-METHOD", "Mcp-Name": "MCP-NAME"], in: &request)
        },
        acceptance("a name in Base64 is decoded before it is compared") { request in
            request.fields["Mcp-Name"] = "=?base64?dGVzdF9zaW1wbGVfdGV4dA==?="
        },
    ]

    /// A call of a tool without arguments, broken, and refused with sep-2243's status and code.
    private static func refusal(
        _ what: String,
        _ change: @escaping @Sendable (inout ModernRequest) -> Void
    ) -> Check<ModernClient> {
        Check("sep-2243-server-reject-invalid-headers, sep-2243-server-reject-error-code: \(what)") {
            client in
            var request = call(client)
            change(&request)
            try await client.send(request).expectError(-32020, status: 400)
        }
    }

    private static func acceptance(
        _ what: String,
        _ change: @escaping @Sendable (inout ModernRequest) -> Void
    ) -> Check<ModernClient> {
        Check(what) { client in
            var request = call(client)
            change(&request)
            try ToolShapes.simpleText(try await client.send(request))
        }
    }

    private static func call(_ client: ModernClient) -> ModernRequest {
        client.request("tools/call", ["name": "test_simple_text", "arguments": [:]])
    }

    private static func rename(_ names: [String: String], in request: inout ModernRequest) {
        for (old, new) in names {
            let value = request.fields[old]
            request.fields[old] = nil
            request.fields[new] = value
        }
    }
}
