import RoostJSON
import Testing

@Suite("2026-07-28: input required, one round", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct SingleRoundTests {
    private typealias Shapes = InputRequiredShapes

    let client: ModernClient

    init() async throws { client = try await .shipped() }

    @Test("input-required-result-basic-elicitation") func elicitation() async throws {
        let tool = "test_input_required_result_elicitation"
        let first = try await client.call(tool)
        let asked = try Shapes.question("user_name", "elicitation/create", in: first)
        #expect(asked["params"]?["message"]?.string?.isEmpty == false, first.exchange)
        #expect(asked["params"]?["requestedSchema"]?["properties"]?["name"] != nil, first.exchange)
        let answers: JSONObject = ["user_name": Shapes.accepted(["name": "Alice"])]
        let second = try await client.call(tool, answers: answers, state: first.result?["requestState"])
        #expect(try Shapes.completeText(second).contains("Alice"), second.exchange)
    }

    @Test("input-required-result-basic-sampling") func sampling() async throws {
        let tool = "test_input_required_result_sampling"
        let first = try await client.call(tool)
        let asked = try Shapes.question("capital_question", "sampling/createMessage", in: first)
        #expect(asked["params"]?["messages"]?.array?.isEmpty == false, first.exchange)
        #expect(asked["params"]?["maxTokens"]?.integer != nil, first.exchange)
        let second = try await client.call(
            tool,
            answers: ["capital_question": Shapes.sampled],
            state: first.result?["requestState"]
        )
        #expect(try Shapes.completeText(second).contains("Paris"), second.exchange)
    }

    @Test("input-required-result-basic-list-roots") func listRoots() async throws {
        let tool = "test_input_required_result_list_roots"
        let first = try await client.call(tool)
        _ = try Shapes.question("client_roots", "roots/list", in: first)
        let second = try await client.call(
            tool,
            answers: ["client_roots": Shapes.roots],
            state: first.result?["requestState"]
        )
        _ = try Shapes.completeText(second)
    }

    @Test("input-required-result-multiple-input-requests") func multipleRequests() async throws {
        let tool = "test_input_required_result_multiple_inputs"
        let first = try await client.call(tool)
        _ = try Shapes.question("user_name", "elicitation/create", in: first)
        _ = try Shapes.question("greeting", "sampling/createMessage", in: first)
        _ = try Shapes.question("client_roots", "roots/list", in: first)
        let answers: JSONObject = [
            "user_name": Shapes.accepted(["name": "Alice"]), "greeting": Shapes.sampled,
            "client_roots": Shapes.roots,
        ]
        let second = try await client.call(tool, answers: answers, state: .string(try Shapes.state(first)))
        _ = try Shapes.completeText(second)
    }

    @Test("input-required-result-non-tool-request") func prompt() async throws {
        var params: JSONObject = ["name": "test_input_required_result_prompt"]
        let first = try await client.send("prompts/get", params)
        _ = try Shapes.question("user_context", "elicitation/create", in: first)
        params["inputResponses"] = ["user_context": Shapes.accepted(["context": "a test"])]
        params["requestState"] = first.result?["requestState"]
        let second = try await client.send("prompts/get", params)
        #expect(second.result?["resultType"] == "complete", second.exchange)
        #expect(second.result?["messages"]?.array?.isEmpty == false, second.exchange)
    }

    @Test("input-required-result-result-type") func resultType() async throws {
        let asked = try await client.call("test_input_required_result_elicitation")
        #expect(asked.result?["resultType"] == "input_required", asked.exchange)
        let complete = try await client.call("test_simple_text")
        #expect(complete.result?["resultType"] == "complete", complete.exchange)
    }

    @Test("input-required-result-unsupported-methods") func unsupportedMethods() async throws {
        let methods = [
            "tools/list", "prompts/list", "resources/list", "resources/templates/list", "server/discover",
        ]
        for method in methods {
            let reply = try await client.send(method)
            #expect(reply.result?["resultType"] == "complete", reply.exchange)
            #expect(reply.result?["inputRequests"] == nil, reply.exchange)
        }
    }

    @Test("input-required-result-capability-check") func capabilityCheck() async throws {
        var client = client
        client.capabilities = ["sampling": [:]]
        let reply = try await client.call("test_input_required_result_capabilities")
        #expect(reply.result?["resultType"] == "input_required", reply.exchange)
        let asked = reply.result?["inputRequests"]?.object?.members.compactMap { $0.value["method"]?.string }
        #expect(asked == ["sampling/createMessage"], reply.exchange)
    }

    @Test("a question the client did not declare is refused, with what it would need")
    func undeclared() async throws {
        var client = client
        client.capabilities = [:]
        let reply = try await client.call("test_input_required_result_elicitation")
        reply.expectError(-32021, status: 400)
        #expect(reply.error?["data"]?["requiredCapabilities"]?["elicitation"]?.object != nil, reply.exchange)
    }
}
