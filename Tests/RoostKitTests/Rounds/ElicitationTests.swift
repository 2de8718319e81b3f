import RoostKit
import RoostTesting
import Testing

@Suite("Asking the client")
struct ElicitationTests {
    struct Asking: OneToolPlugin {
        var tools: [AnyTool] {
            AskName()
            AskTwice()
            AskAll()
            AskURL()
            SwallowErrors()
        }
    }

    struct NameForm: ToolInput {
        @Param("Name", length: 1...10) var name: String
    }

    struct AskName: Tool {
        static let description = "Asks for a name."

        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            switch try await context.elicit("Name?", as: NameForm.self, key: "name") {
            case .accepted(let form): "Hello, \(form.name)!"
            case .declined: "declined"
            case .cancelled: "cancelled"
            }
        }
    }

    struct AskTwice: Tool {
        static let description = "Asks two things without naming them, and does one thing once."

        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            let first = try await context.elicit("First?", as: NameForm.self).accepted?.name ?? ""
            let ticket = try await context.once("ticket") { Int.random(in: 1...1_000_000) }
            context.log(.info, "ticket \(ticket)")
            let second = try await context.elicit("Second?", as: NameForm.self).accepted?.name ?? ""
            return "\(first) \(second) \(ticket)"
        }
    }

    struct AskAll: Tool {
        static let description = "Asks the user, the model and the client at once."

        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            async let name = context.elicit("Name?", as: NameForm.self, key: "name")
            async let greeting = context.sample(SamplingRequest("Greet", maximumTokens: 10), key: "greeting")
            async let roots = context.roots(key: "roots")
            let hello = try await greeting.text
            return "\(hello) \(try await name.accepted?.name ?? "") \(try await roots.map(\.uri))"
        }
    }

    struct AskURL: Tool {
        static let description = "Sends the user to an address."

        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            if case .accepted = try await context.elicit("Log in", url: "https://example.com/login") {
                return "opened"
            }
            return "not opened"
        }
    }

    struct SwallowErrors: Tool {
        static let description = "Turns every error into one of its own."

        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            do {
                return try await context.elicit("Name?", as: NameForm.self, key: "name").accepted?.name ?? ""
            } catch {
                throw ToolError("Something failed.")
            }
        }
    }

    @Test("ends the call as input required, and the retry finds the answer")
    func rounds() async throws {
        try await withPlugin(Asking.self) { plugin in
            let outcome = try await plugin.begin("tools/call", "ask_name").outcome()
            guard case .inputRequired(let round) = outcome else {
                Issue.record("Expected a question, found \(outcome).")
                return
            }
            #expect(
                round["name"]?.params == [
                    "mode": "form", "message": "Name?",
                    "requestedSchema": [
                        "type": "object",
                        "properties": [
                            "name": [
                                "type": "string", "description": "Name", "minLength": 1, "maxLength": 10,
                            ]
                        ],
                        "required": ["name"],
                    ],
                ]
            )
            let retry = plugin.begin(
                "tools/call",
                "ask_name",
                answers: ["name": .accept(["name": "Ada"])],
                state: round.state
            )
            let found1 = try await retry.outcome()
            #expect(found1 == .complete(["content": [["type": "text", "text": "Hello, Ada!"]]]))
        }
    }

    @Test("an answer is found without the state of the round before")
    func withoutState() async throws {
        try await withPlugin(Asking.self) { plugin in
            let call = plugin.begin("tools/call", "ask_name", answers: ["name": .accept(["name": "Ada"])])
            let found2 = try await call.outcome()
            #expect(found2 == .complete(["content": [["type": "text", "text": "Hello, Ada!"]]]))
        }
    }

    @Test("the user may decline or cancel")
    func refused() async throws {
        try await withPlugin(Asking.self) { plugin in
            let declined = try await plugin.callTool("ask_name") { _ in .decline }
            #expect(declined.text == "declined")
            let cancelled = try await plugin.callTool("ask_name") { _ in .cancel }
            #expect(cancelled.text == "cancelled")
        }
    }

    @Test(
        "an answer that does not follow the form is asked for again",
        arguments: [
            12345, "text", ["action": "accept"], ["action": "accept", "content": ["name": 7]],
            ["action": "accept", "content": ["name": "much too long a name"]], ["action": "agree"], [:],
        ] as [JSONValue]
    )
    func malformed(answer: JSONValue) async throws {
        try await withPlugin(Asking.self) { plugin in
            let outcome = try await plugin.begin("tools/call", "ask_name", answers: ["name": answer])
                .outcome()
            guard case .inputRequired(let round) = outcome else {
                Issue.record("Expected the question again, found \(outcome).")
                return
            }
            #expect(round.questions.map(\.key) == ["name"])
        }
    }

    @Test("answers and steps done once survive all rounds")
    func severalRounds() async throws {
        try await withPlugin(Asking.self) { plugin in
            let result = try await plugin.callTool("ask_twice") { question in
                .accept(["name": question.key == "input-1" ? "Ada" : "Bob"])
            }
            let tickets = plugin.logs.map(\.text)
            #expect(tickets.count == 2)
            #expect(Set(tickets).count == 1)
            let ticket = try #require(tickets.first?.split(separator: " ").last)
            #expect(result.text == "Ada Bob \(ticket)")
        }
    }

    @Test("several questions go out in one round")
    func together() async throws {
        try await withPlugin(Asking.self) { plugin in
            let outcome = try await plugin.begin("tools/call", "ask_all").outcome()
            guard case .inputRequired(let round) = outcome else {
                Issue.record("Expected questions, found \(outcome).")
                return
            }
            #expect(Set(round.questions.map(\.key)) == ["name", "greeting", "roots"])
            let answers: JSONObject = [
                "name": .accept(["name": "Ada"]), "greeting": .sampled("Hi"), "roots": .roots(["file:///a"]),
            ]
            let retry = plugin.begin("tools/call", "ask_all", answers: answers, state: round.state)
            let end = try await retry.outcome()
            #expect(end == .complete(["content": [["type": "text", "text": #"Hi Ada ["file:///a"]"#]]]))
        }
    }

    @Test(
        "a client that did not declare the capability gets a protocol error that names it",
        arguments: [
            ("ask_name", [:], ["elicitation": [:]]),
            ("ask_name", ["elicitation": ["url": [:]]], ["elicitation": [:]]),
            ("ask_url", ["elicitation": [:]], ["elicitation": ["url": [:]]]),
            ("ask_all", ["elicitation": [:], "roots": [:]], ["sampling": [:]]),
        ] as [(String, JSONObject, JSONValue)]
    )
    func missing(tool: String, declared: JSONObject, needed: JSONValue) async throws {
        try await withPlugin(Asking.self, client: TestClient(capabilities: declared)) { plugin in
            let outcome = try await plugin.begin("tools/call", tool).outcome()
            guard case .error(let error) = outcome else {
                Issue.record("Expected an error, found \(outcome).")
                return
            }
            #expect(error.code == .missingClientCapability)
            #expect(error.data == ["requiredCapabilities": needed])
        }
    }

    @Test("an address is asked for in url mode")
    func url() async throws {
        try await withPlugin(Asking.self) { plugin in
            let result = try await plugin.callTool("ask_url") { question in
                #expect(
                    question.params == [
                        "mode": "url", "message": "Log in", "url": "https://example.com/login",
                    ]
                )
                return ["action": "accept"]
            }
            #expect(result.text == "opened")
        }
    }

    @Test("a handler that turns the unwinding into an error of its own still asks")
    func swallowed() async throws {
        try await withPlugin(Asking.self) { plugin in
            let result = try await plugin.callTool("swallow_errors") { _ in .accept(["name": "Ada"]) }
            #expect(result.text == "Ada")
        }
    }
}
