import RoostKit

// Tools that ask the client's user to fill in a form.

struct TestElicitation: Tool {
    static let description = "Asks the user for a name and an address for mail."

    struct Input: ToolInput {
        @Param("What the user reads") var message: String
    }

    private struct Person: ToolInput {
        @Param("User's response") var username: String
        @Param("User's email address") var email: String
    }

    func call(_ input: Input, _ context: CallContext) async throws -> String {
        switch try await context.elicit(input.message, as: Person.self) {
        case .accepted(let person): "User response: \(person.username) <\(person.email)>"
        case .declined: "User declined."
        case .cancelled: "User cancelled."
        }
    }
}

struct TestElicitationDefaults: Tool {
    static let name = "test_elicitation_sep1034_defaults"
    static let description = "Asks with a form whose every field has a default."

    private enum Status: String, CaseIterable, ParamValue {
        case active, inactive, pending
    }

    private struct Form: ToolInput {
        @Param("User name") var name = "John Doe"
        @Param("User age") var age = 30
        @Param("User score") var score = 95.5
        @Param("User status") var status = Status.active
        @Param("Verification status") var verified = true
    }

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let answer = try await context.elicit("Please review and update the form fields.", as: Form.self)
        guard let form = answer.accepted else { return "Elicitation was not accepted." }
        return "Elicitation completed: \(form.json)"
    }
}

struct TestElicitationEnums: Tool {
    static let name = "test_elicitation_sep1330_enums"
    static let description = "Asks with every form a choice can have."

    private static let schema: JSONObject = [
        "type": "object",
        "properties": [
            "untitledSingle": ["type": "string", "enum": ["option1", "option2", "option3"]],
            "titledSingle": ["type": "string", "oneOf": titles("value", "Option")],
            "legacyEnum": [
                "type": "string", "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            ],
            "untitledMulti": [
                "type": "array", "items": ["type": "string", "enum": ["option1", "option2", "option3"]],
            ],
            "titledMulti": ["type": "array", "items": ["anyOf": titles("value", "Choice")]],
        ],
        "required": [],
    ]

    private static func titles(_ value: String, _ title: String) -> JSONValue {
        .array(
            zip(1...3, ["First", "Second", "Third"]).map { number, word in
                ["const": "\(value)\(number)", "title": "\(word) \(title)"]
            }
        )
    }

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let answer = try await context.elicit(
            "Please select options from the enum fields.",
            schema: Self.schema
        )
        guard let content = answer.accepted else { return "Elicitation was not accepted." }
        return "Elicitation completed: \(JSONValue.object(content))"
    }
}

struct TestStreamingElicitation: Tool {
    static let description =
        "Asks the user something; the question travels in the result, never on the stream."

    private struct Form: ToolInput {
        @Param("Whether to go on") var proceed: Bool
    }

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let answer = try await context.elicit("Go on?", as: Form.self, key: "proceed")
        return answer.accepted?.proceed == true ? "Going on." : "Stopped."
    }
}
