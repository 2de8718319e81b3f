import RoostKit

// Tools that ask their client something, in the middle of a task or before there is one.

private struct ConfirmForm: ToolInput {
    @Param("Whether to go on") var confirm: Bool
}

struct ConfirmDelete: Tool {
    static let description = "Asks whether a file may go. None does."
    static let task = TaskSupport.always

    struct Input: ToolInput {
        @Param("The file's name") var filename: String
    }

    func call(_ input: Input, _ context: CallContext) async throws -> String {
        let answer = try await context.elicit(
            "Delete \(input.filename)?",
            as: ConfirmForm.self,
            key: "confirm"
        )
        guard answer.accepted?.confirm == true else { return "Kept \(input.filename)." }
        return "Deleted \(input.filename), if it had been there."
    }
}

struct MultiInput: Tool {
    static let description = "Asks two things at once."
    static let task = TaskSupport.always

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        async let name = context.elicit("What is your name?", as: NameForm.self, key: "name")
        async let confirmation = context.elicit("Go on?", as: ConfirmForm.self, key: "confirm")
        let person = try await name.accepted?.name ?? "somebody"
        return "\(person) says \(try await confirmation.accepted?.confirm == true ? "yes" : "no")."
    }
}

struct TestToolWithTask: Tool {
    static let description = "Asks for a name before it begins, and greets it in a task."
    static let task = TaskSupport.required.afterQuestions()

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let answer = try await context.elicit("What is your name?", as: NameForm.self, key: "user_name")
        try await Task.sleep(for: .milliseconds(200))
        return "Hello, \(answer.accepted?.name ?? "whoever you are"), from a task."
    }
}
