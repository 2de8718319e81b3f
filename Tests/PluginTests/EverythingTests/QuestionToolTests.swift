import EverythingServer
import RoostKit
import RoostTesting
import Testing

@Suite("Everything: questions to the client")
struct QuestionToolTests {
    private func firstRound(
        _ method: String,
        _ target: String,
        _ arguments: JSONObject = [:],
        client: TestClient? = nil
    ) async throws -> InputRound {
        try await withPlugin(EverythingServer.self) { plugin in
            let outcome = try await plugin.begin(method, target, arguments, client: client).outcome()
            guard case .inputRequired(let round) = outcome else {
                throw Unexpected(outcome: outcome)
            }
            return round
        }
    }

    private struct Unexpected: Error { let outcome: HarnessOutcome }

    @Test("test_sampling asks the model what it was told and repeats the answer")
    func sampling() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let result = try await plugin.callTool("test_sampling", ["prompt": "Say hi"]) { question in
                #expect(question.method == "sampling/createMessage")
                #expect(
                    question.params == [
                        "messages": [["role": "user", "content": ["type": "text", "text": "Say hi"]]],
                        "maxTokens": 100,
                    ]
                )
                return .sampled("hi")
            }
            #expect(result.text == "LLM response: hi")
        }
    }

    @Test("test_elicitation shows its message with a form for a name and an address")
    func elicitation() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let result = try await plugin.callTool("test_elicitation", ["message": "Who?"]) { question in
                #expect(question.params["message"] == "Who?")
                let schema = question.params["requestedSchema"]
                #expect(schema?["properties"]?["username"]?["type"] == "string")
                #expect(schema?["properties"]?["email"]?["type"] == "string")
                #expect(schema?["required"] == ["username", "email"])
                return .accept(["username": "ada", "email": "ada@example.com"])
            }
            #expect(result.text == "User response: ada <ada@example.com>")
        }
    }

    @Test("test_elicitation_sep1034_defaults gives every field its default")
    func defaults() async throws {
        let round = try await firstRound("tools/call", "test_elicitation_sep1034_defaults")
        let properties = try #require(round.questions.first?.params["requestedSchema"]?["properties"])
        #expect(properties["name"]?["default"] == "John Doe")
        #expect(properties["age"]?["type"] == "integer")
        #expect(properties["age"]?["default"] == 30)
        #expect(properties["score"]?["type"] == "number")
        #expect(properties["score"]?["default"] == 95.5)
        #expect(properties["status"]?["enum"] == ["active", "inactive", "pending"])
        #expect(properties["status"]?["default"] == "active")
        #expect(properties["verified"]?["default"] == true)
    }

    @Test("test_elicitation_sep1330_enums has every form of choice")
    func enums() async throws {
        let round = try await firstRound("tools/call", "test_elicitation_sep1330_enums")
        let properties = try #require(round.questions.first?.params["requestedSchema"]?["properties"])
        #expect(properties["untitledSingle"]?["enum"]?.array?.isEmpty == false)
        #expect(properties["untitledSingle"]?["oneOf"] == nil)
        #expect(properties["titledSingle"]?["oneOf"]?[0] == ["const": "value1", "title": "First Option"])
        #expect(properties["titledSingle"]?["enum"] == nil)
        #expect(
            properties["legacyEnum"]?["enum"]?.array?.count
                == properties["legacyEnum"]?["enumNames"]?.array?.count
        )
        #expect(properties["untitledMulti"]?["items"]?["enum"]?.array?.isEmpty == false)
        #expect(properties["untitledMulti"]?["items"]?["anyOf"] == nil)
        #expect(
            properties["titledMulti"]?["items"]?["anyOf"]?[0] == ["const": "value1", "title": "First Choice"]
        )
    }

    @Test("test_streaming_elicitation asks in its result when only forms are declared")
    func streaming() async throws {
        let client = TestClient(capabilities: ["elicitation": [:]])
        let round = try await firstRound("tools/call", "test_streaming_elicitation", client: client)
        #expect(round.questions.map(\.method) == ["elicitation/create"])
    }

    @Test("test_missing_capability names the capability it needs as an object")
    func missing() async throws {
        try await withPlugin(EverythingServer.self, client: TestClient(capabilities: [:])) { plugin in
            let outcome = try await plugin.begin("tools/call", "test_missing_capability").outcome()
            guard case .error(let error) = outcome else { throw Unexpected(outcome: outcome) }
            #expect(error.code.rawValue == -32021)
            #expect(error.data == ["requiredCapabilities": ["sampling": [:]]])
        }
    }

    @Test(
        "the input-required tools ask under the keys of the suite",
        arguments: [
            ("test_input_required_result_elicitation", ["user_name": "elicitation/create"]),
            ("test_input_required_result_sampling", ["capital_question": "sampling/createMessage"]),
            ("test_input_required_result_list_roots", ["client_roots": "roots/list"]),
            ("test_input_required_result_request_state", ["confirm": "elicitation/create"]),
            (
                "test_input_required_result_multiple_inputs",
                [
                    "user_name": "elicitation/create", "greeting": "sampling/createMessage",
                    "client_roots": "roots/list",
                ]
            ),
            ("test_input_required_result_multi_round", ["step1": "elicitation/create"]),
            ("test_input_required_result_tampered_state", ["confirm": "elicitation/create"]),
        ]
    )
    func keys(tool: String, expected: [String: String]) async throws {
        let round = try await firstRound("tools/call", tool)
        #expect(Dictionary(uniqueKeysWithValues: round.questions.map { ($0.key, $0.method) }) == expected)
        #expect(round.state?.isEmpty == false)
    }

    private static let answers: JSONObject = [
        "user_name": .accept(["name": "Ada"]), "capital_question": .sampled("Paris"),
        "client_roots": .roots(["file:///home"]), "confirm": .accept(["ok": true]),
        "greeting": .sampled("Hello"),
        "step1": .accept(["name": "Ada"]), "step2": .accept(["color": "green"]),
        "user_context": .accept(["context": "a garden"]),
    ]

    @Test(
        "answered, they complete",
        arguments: [
            ("test_input_required_result_elicitation", "Hello, Ada!"),
            ("test_input_required_result_sampling", "Model said: Paris"),
            ("test_input_required_result_list_roots", "Client has 1 roots: file:///home"),
            ("test_input_required_result_request_state", "state-ok"),
            ("test_input_required_result_multiple_inputs", "Hello Ada, you work in 1 folders."),
            ("test_input_required_result_multi_round", "Ada likes green."),
            ("test_input_required_result_tampered_state", "Confirmed with an intact state."),
        ]
    )
    func answered(tool: String, text: String) async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let result = try await plugin.callTool(tool) { Self.answers[$0.key] }
            #expect(result.text.contains(text))
        }
    }

    @Test("test_input_required_result_request_state does not claim a state that never came")
    func stateless() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let call = plugin.begin(
                "tools/call",
                "test_input_required_result_request_state",
                answers: ["confirm": .accept(["ok": true])]
            )
            guard case .complete(let result) = try await call.outcome() else { return }
            #expect(result["content"]?[0]?["text"]?.string?.contains("state-ok") == false)
        }
    }

    @Test("a multi-round call gets another state in each round, and the second brings only its own answer")
    func multiRound() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let tool = "test_input_required_result_multi_round"
            guard case .inputRequired(let first) = try await plugin.begin("tools/call", tool).outcome() else {
                return
            }
            let second = plugin.begin(
                "tools/call",
                tool,
                answers: ["step1": .accept(["name": "Ada"])],
                state: first.state
            )
            guard case .inputRequired(let next) = try await second.outcome() else {
                Issue.record("Expected a second question.")
                return
            }
            #expect(next.questions.map(\.key) == ["step2"])
            #expect(next.state != first.state)
        }
    }

    @Test(
        "a wrong key or a malformed answer is asked for again",
        arguments: [["wrong": .accept(["name": "Ada"])], ["user_name": 12345]] as [JSONObject]
    )
    func again(answers: JSONObject) async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let tool = "test_input_required_result_elicitation"
            let outcome = try await plugin.begin("tools/call", tool, answers: answers).outcome()
            guard case .inputRequired(let round) = outcome else { throw Unexpected(outcome: outcome) }
            #expect(round.questions.map(\.key) == ["user_name"])
        }
    }

    @Test("test_input_required_result_capabilities asks only what was declared")
    func capabilities() async throws {
        let tool = "test_input_required_result_capabilities"
        let sampling = try await firstRound(
            "tools/call",
            tool,
            client: TestClient(capabilities: ["sampling": [:]])
        )
        #expect(sampling.questions.map(\.method) == ["sampling/createMessage"])
        let forms = try await firstRound(
            "tools/call",
            tool,
            client: TestClient(capabilities: ["elicitation": [:]])
        )
        #expect(forms.questions.map(\.method) == ["elicitation/create"])
    }

    @Test("test_input_required_result_prompt asks for its context and writes it into its message")
    func prompt() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let messages = try await plugin.getPrompt("test_input_required_result_prompt") {
                Self.answers[$0.key]
            }
            #expect(messages.first?["content"]?["text"] == "Use the following context: a garden")
        }
    }
}
