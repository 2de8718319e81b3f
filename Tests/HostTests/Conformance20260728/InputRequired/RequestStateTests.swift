import RoostJSON
import Testing

@Suite("2026-07-28: input required, request state", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct RequestStateTests {
    private typealias Shapes = InputRequiredShapes

    let client: ModernClient

    init() async throws { client = try await .shipped() }

    @Test("input-required-result-request-state") func echoed() async throws {
        let tool = "test_input_required_result_request_state"
        let first = try await client.call(tool)
        _ = try Shapes.question("confirm", "elicitation/create", in: first)
        let answers: JSONObject = ["confirm": Shapes.accepted(["ok": true])]
        let second = try await client.call(tool, answers: answers, state: .string(try Shapes.state(first)))
        #expect(try Shapes.completeText(second).contains("state-ok"), second.exchange)
    }

    @Test("input-required-result-multi-round") func multiRound() async throws {
        let tool = "test_input_required_result_multi_round"
        let first = try await client.call(tool)
        _ = try Shapes.question("step1", "elicitation/create", in: first)
        let firstState = try Shapes.state(first)
        let second = try await client.call(
            tool,
            answers: ["step1": try answer(first, "step1")],
            state: .string(firstState)
        )
        _ = try Shapes.question("step2", "elicitation/create", in: second)
        #expect(second.result?["inputRequests"]?["step1"] == nil, second.exchange)
        let secondState = try Shapes.state(second)
        #expect(firstState != secondState, second.exchange)
        let third = try await client.call(
            tool,
            answers: ["step2": try answer(second, "step2")],
            state: .string(secondState)
        )
        _ = try Shapes.completeText(third)
    }

    @Test("input-required-result-tampered-state") func tampered() async throws {
        let tool = "test_input_required_result_tampered_state"
        let first = try await client.call(tool)
        let state = try Shapes.state(first)
        let answers: JSONObject = ["confirm": try answer(first, "confirm")]
        let tampered = ["\(state)-TAMPERED", String(state.dropLast()), "\(state)=", "\(state)A", "", "AAAA"]
        for text in tampered + [swapped(state)] {
            let reply = try await client.call(tool, answers: answers, state: .string(text))
            #expect(reply.code == -32602 && reply.response?["id"] == 1, reply.exchange)
        }
        let whole = try await client.call(tool, answers: answers, state: .string(state))
        _ = try Shapes.completeText(whole)
    }

    @Test("the state of one call does not open another tool") func boundToRequest() async throws {
        let first = try await client.call("test_input_required_result_tampered_state")
        let state = try Shapes.state(first)
        let answers: JSONObject = ["confirm": try answer(first, "confirm")]
        let reply = try await client.call(
            "test_input_required_result_request_state",
            answers: answers,
            state: .string(state)
        )
        #expect(reply.code == -32602, reply.exchange)
    }

    /// An accepted answer with a value for every property the question asks for.
    private func answer(_ reply: Reply, _ key: String) throws -> JSONValue {
        let asked = try Shapes.question(key, "elicitation/create", in: reply)
        var content: JSONObject = [:]
        for (name, schema) in asked["params"]?["requestedSchema"]?["properties"]?.object?.members ?? [] {
            switch schema["type"]?.string {
            case "boolean": content[name] = true
            case "integer", "number": content[name] = 1
            default: content[name] = "a text"
            }
        }
        return Shapes.accepted(content)
    }

    /// The state with one character in its middle replaced by another.
    private func swapped(_ state: String) -> String {
        var characters = Array(state)
        let middle = characters.count / 2
        characters[middle] = characters[middle] == "A" ? "B" : "A"
        return String(characters)
    }
}
