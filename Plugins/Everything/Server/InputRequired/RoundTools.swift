import RoostKit

// Tools whose calls take several rounds.

/// The form most of these tools show.
struct NameForm: ToolInput {
    @Param("Your name") var name: String
}

private struct ConfirmForm: ToolInput {
    @Param("Whether it is all right") var ok: Bool
}

struct TestInputRequiredResultElicitation: Tool {
    static let description = "Asks for a name and greets it."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let answer = try await context.elicit("What is your name?", as: NameForm.self, key: "user_name")
        return answer.accepted.map { "Hello, \($0.name)!" } ?? "Hello, whoever you are."
    }
}

struct TestInputRequiredResultRequestState: Tool {
    static let description =
        "Remembers something from the first round to the second, in the call's sealed state."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        var isFirstRound = false
        let ticket = try await context.once("ticket") {
            isFirstRound = true
            return Int.random(in: 1000...9999)
        }
        let answer = try await context.elicit("Please confirm.", as: ConfirmForm.self, key: "confirm")
        guard answer.accepted?.ok == true else { return "Not confirmed." }
        return isFirstRound ? "Confirmed without the state of the first round." : "state-ok, ticket \(ticket)"
    }
}

struct TestInputRequiredResultMultiRound: Tool {
    static let description = "Asks two things one after the other."

    private struct ColorForm: ToolInput {
        @Param("Your favourite colour") var color: String
    }

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let first = try await context.elicit("Step 1: What is your name?", as: NameForm.self, key: "step1")
        let second = try await context.elicit(
            "Step 2: What is your favourite colour?",
            as: ColorForm.self,
            key: "step2"
        )
        return
            "\(first.accepted?.name ?? "Somebody") likes \(second.accepted?.color ?? "no colour at all")."
    }
}

struct TestInputRequiredResultTamperedState: Tool {
    static let description = "Asks for a confirmation; the host refuses a state that was changed on its way."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let answer = try await context.elicit("Please confirm.", as: ConfirmForm.self, key: "confirm")
        return answer.accepted?.ok == true ? "Confirmed with an intact state." : "Not confirmed."
    }
}
