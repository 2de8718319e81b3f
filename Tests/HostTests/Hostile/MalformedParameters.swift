import RoostJSON
import Testing

@Suite("Hostile: wrong parameters", .timeLimit(.minutes(10)))
struct MalformedParameters {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    @Test("parameters of the wrong type are invalid, and the id comes back") func wrongTypes() async throws {
        let requests: [(String, JSONObject)] = [
            ("tools/list", ["cursor": 7]), ("tools/list", ["cursor": "no-such-cursor"]),
            ("prompts/list", ["cursor": "no-such-cursor"]), ("resources/list", ["cursor": [:]]),
            ("tools/call", ["name": "test_simple_text", "arguments": [1]]),
            ("tools/call", ["name": "test_simple_text", "arguments": "text"]),
            ("prompts/get", ["name": "test_prompt_with_arguments", "arguments": ["arg1": 1, "arg2": "x"]]),
            ("completion/complete", [:]), ("completion/complete", ["ref": 1, "argument": 2]),
            ("completion/complete", ["ref": ["type": "ref/else"], "argument": ["name": "a", "value": "b"]]),
            ("subscriptions/listen", ["notifications": true]), ("subscriptions/listen", [:]),
        ]
        for (method, params) in requests {
            let reply = try await client.send(method, params)
            #expect(reply.code == -32602 && reply.response?["id"] == 1, reply.exchange)
        }
    }

    @Test(
        "a missing name is an invalid parameter",
        arguments: ["tools/call", "prompts/get", "resources/read"]
    )
    func missingNames(_ method: String) async throws {
        let reply = try await client.send(method, [:])
        #expect(reply.code == -32602 && reply.response?["id"] == 1, reply.exchange)
    }

    @Test(
        "a name that is no text is refused, whatever its header says",
        arguments: ["tools/call", "prompts/get"]
    )
    func wrongNames(_ method: String) async throws {
        for name: JSONValue in [7, nil, ["test_simple_text"], [:]] {
            var request = client.request(method, ["name": name])
            request.fields["Mcp-Name"] = "test_simple_text"
            let reply = try await client.send(request)
            #expect(reply.code == -32602 || reply.code == -32020, reply.exchange)
            #expect(reply.response?["id"] == 1, reply.exchange)
        }
    }

    @Test("arguments that break the tool's schema are an error the model can read")
    func arguments() async throws {
        var client = client
        client.path = "/mcp/echo"
        let cases: [(tool: String, arguments: JSONObject, words: [String])] = [
            ("add", ["a": "one", "b": 2], ["/a", "integer"]),
            ("add", ["a": 1], ["b"]),
            ("add", ["a": 1, "b": 2.5], ["/b", "integer"]),
            ("add", ["a": 1, "b": 2, "c": 3], ["c"]),
            ("echo", ["text": nil], ["/text", "string"]),
        ]
        for (tool, arguments, words) in cases {
            let reply = try await client.call(tool, arguments)
            #expect(reply.status == 200 && reply.result?["isError"] == true, reply.exchange)
            let text = reply.result?["content"]?[0]?["text"]?.string ?? ""
            #expect(words.allSatisfy { text.contains($0) }, reply.exchange)
        }
    }

    @Test("whole numbers reach the tool exactly, at the edges of 64 bits too") func edges() async throws {
        var client = client
        client.path = "/mcp/echo"
        let reply = try await client.call("add", ["a": 9_223_372_036_854_775_806, "b": 1])
        #expect(reply.result?["structuredContent"]?["sum"] == 9_223_372_036_854_775_807, reply.exchange)
        let over = try await client.call("add", ["a": 9_223_372_036_854_775_807, "b": 1])
        #expect(over.result?["isError"] == true, over.exchange)
    }

    @Test("text reaches the tool and comes back as it was") func texts() async throws {
        var client = client
        client.path = "/mcp/echo"
        let texts = ["", "\u{0}\u{1F}\u{7F}", "\"\\/\n\r\t", "\u{1F426}\u{200D}\u{FE0F}\u{2028}", "\u{FFFF}"]
        for text in texts {
            let reply = try await client.call("echo", ["text": .string(text)])
            #expect(reply.result?["content"]?[0]?["text"]?.string == text, reply.exchange)
        }
    }
}
