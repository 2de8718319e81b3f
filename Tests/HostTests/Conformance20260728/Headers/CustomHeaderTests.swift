import RoostJSON
import Testing

@Suite("2026-07-28: http-custom-header-server-validation", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct CustomHeaderTests {
    @Test("http-custom-header-server-validation", arguments: checks)
    func check(_ check: Check<ModernClient>) async throws {
        try await check.run(try await .shipped())
    }

    @Test("the annotation reaches the client in tools/list") func listed() async throws {
        let client = try await ModernClient.shipped()
        let reply = try await client.send("tools/list")
        let tool = reply.result?["tools"]?.array?.first { $0["name"] == "test_x_mcp_header" }
        #expect(tool?["inputSchema"]?["properties"]?["region"]?["x-mcp-header"] == "Region", reply.exchange)
    }

    static let checks: [Check<ModernClient>] = [
        acceptance("sep-2243-server-validate-param-match", header: "us-west1", body: "us-west1"),
        acceptance("blanks around the value do not count", header: "  us-west1 \t", body: "us-west1"),
        acceptance("sep-2243-server-decode-base64", header: "=?base64?SGVsbG8=?=", body: "Hello"),
        acceptance(
            "Base64 of UTF-8 is decoded",
            header: "=?base64?SGVsbG8sIOS4lueVjA==?=",
            body: "Hello, \u{4E16}\u{754C}"
        ),
        acceptance("Base64 keeps blanks", header: "=?base64?IHBhZGRlZCA=?=", body: " padded "),
        acceptance("a value without the prefix is literal", header: "SGVsbG8=?=", body: "SGVsbG8=?="),
        acceptance(
            "a value without the suffix is literal",
            header: "=?base64?SGVsbG8=",
            body: "=?base64?SGVsbG8="
        ),
        acceptance(
            "a prefix in upper case is literal",
            header: "=?BASE64?SGVsbG8=?=",
            body: "=?BASE64?SGVsbG8=?="
        ),
        refusal(
            "sep-2243-server-reject-invalid-param-chars: padding",
            header: "=?base64?SGVsbG8?=",
            body: "Hello"
        ),
        refusal(
            "sep-2243-server-reject-invalid-param-chars: alphabet",
            header: "=?base64?SGVs!!!bG8=?=",
            body: "Hello"
        ),
        refusal("sep-2243-server-reject-param-mismatch: other text", header: "us-east1", body: "us-west1"),
        refusal("sep-2243-server-reject-param-mismatch: other case", header: "US-WEST1", body: "us-west1"),
        refusal(
            "sep-2243-server-reject-param-mismatch: decoded",
            header: "=?base64?SGVsbG8=?=",
            body: "hello"
        ),
        refusal("sep-2243-server-reject-param-mismatch: absent header", header: nil, body: "us-west1"),
        refusal("sep-2243-server-reject-param-mismatch: absent value", header: "us-west1", body: nil),
    ]

    private static func acceptance(_ what: String, header: String, body: String) -> Check<ModernClient> {
        Check(what) { client in
            let reply = try await client.send(call(client, header: header, body: body))
            #expect(reply.status == 200 && reply.error == nil && reply.result != nil, reply.exchange)
            #expect(reply.result?["isError"] != true, reply.exchange)
        }
    }

    private static func refusal(_ what: String, header: String?, body: String?) -> Check<ModernClient> {
        Check(what) { client in
            try await client.send(call(client, header: header, body: body)).expectError(-32020, status: 400)
        }
    }

    private static func call(_ client: ModernClient, header: String?, body: String?) -> ModernRequest {
        let arguments: JSONObject = JSONObject(body.map { [("region", .string($0))] } ?? [])
        var request = client.request(
            "tools/call",
            ["name": "test_x_mcp_header", "arguments": .object(arguments)]
        )
        request.fields["Mcp-Param-Region"] = header
        return request
    }
}
