import RoostJSON
import Testing

@Suite("2026-07-28: input required, odd answers", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct AnswerTests {
    private typealias Shapes = InputRequiredShapes

    private static let tool = "test_input_required_result_elicitation"

    let client: ModernClient

    init() async throws { client = try await .shipped() }

    @Test("input-required-result-missing-input-response") func missingResponse() async throws {
        let first = try await client.call(Self.tool)
        let answers: JSONObject = ["wrong_key": Shapes.accepted(["name": "Alice"])]
        let second = try await client.call(Self.tool, answers: answers, state: first.result?["requestState"])
        _ = try Shapes.question("user_name", "elicitation/create", in: second)
    }

    @Test("input-required-result-ignore-extra-params") func extraResponses() async throws {
        let first = try await client.call(Self.tool)
        let answers: JSONObject = [
            "user_name": Shapes.accepted(["name": "Alice"]), "extra": Shapes.accepted(["name": "Mallory"]),
        ]
        let second = try await client.call(Self.tool, answers: answers, state: first.result?["requestState"])
        let text = try Shapes.completeText(second)
        #expect(text.contains("Alice") && !text.contains("Mallory"), second.exchange)
    }

    @Test("input-required-result-validate-input") func validateInput() async throws {
        let first = try await client.call(Self.tool)
        let state = first.result?["requestState"]
        let number = try await client.call(Self.tool, answers: ["user_name": 12345], state: state)
        #expect(number.result?["resultType"] != "complete", number.exchange)
        var params: JSONObject = ["name": .string(Self.tool), "arguments": [:], "inputResponses": nil]
        params["inputResponses"] = .null
        params["requestState"] = state
        let null = try await client.send("tools/call", params)
        #expect(null.result?["resultType"] != "complete", null.exchange)
    }

    @Test("an answer that does not fit the schema that was asked completes nothing")
    func unfittingContent() async throws {
        let first = try await client.call(Self.tool)
        let answers: JSONObject = ["user_name": Shapes.accepted(["name": 12345])]
        let second = try await client.call(Self.tool, answers: answers, state: first.result?["requestState"])
        #expect(
            second.result?["resultType"] != "complete" || second.result?["isError"] == true,
            second.exchange
        )
    }

    @Test("a retry without the request state is answered") func lostState() async throws {
        let answers: JSONObject = ["user_name": Shapes.accepted(["name": "Alice"])]
        let reply = try await client.call(Self.tool, answers: answers)
        #expect(reply.result != nil, reply.exchange)
    }

    @Test("a declined question ends the call in words", arguments: ["decline", "cancel"]) func declined(
        _ action: String
    ) async throws {
        let first = try await client.call(Self.tool)
        let answers: JSONObject = ["user_name": ["action": .string(action)]]
        let second = try await client.call(Self.tool, answers: answers, state: first.result?["requestState"])
        #expect(second.result?["resultType"] == "complete", second.exchange)
        #expect(second.result?["content"]?[0]?["text"]?.string?.isEmpty == false, second.exchange)
    }
}
