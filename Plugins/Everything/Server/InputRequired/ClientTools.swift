import RoostKit

// Tools that ask the client's model, its folders, or several things at once.

struct TestSampling: Tool {
    static let description = "Asks the client's model and repeats what it said."

    struct Input: ToolInput {
        @Param("What the model is asked") var prompt: String
    }

    func call(_ input: Input, _ context: CallContext) async throws -> String {
        let answer = try await context.sample(SamplingRequest(input.prompt, maximumTokens: 100))
        return "LLM response: \(answer.text)"
    }
}

struct TestInputRequiredResultSampling: Tool {
    static let description = "Asks the client's model for the capital of France."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let question = SamplingRequest("What is the capital of France?", maximumTokens: 100)
        return "Model said: \(try await context.sample(question, key: "capital_question").text)"
    }
}

struct TestInputRequiredResultListRoots: Tool {
    static let description = "Asks the client for the folders it works in."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let roots = try await context.roots(key: "client_roots")
        return "Client has \(roots.count) roots: \(roots.map { $0.name ?? $0.uri }.joined(separator: ", "))"
    }
}

struct TestInputRequiredResultMultipleInputs: Tool {
    static let description = "Asks the user, the model and the client, all in one round."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        async let name = context.elicit("What is your name?", as: NameForm.self, key: "user_name")
        async let greeting = context.sample(
            SamplingRequest("Write a short greeting.", maximumTokens: 50),
            key: "greeting"
        )
        async let roots = context.roots(key: "client_roots")
        let person = try await name.accepted?.name ?? "stranger"
        return "\(try await greeting.text) \(person), you work in \(try await roots.count) folders."
    }
}

struct TestInputRequiredResultCapabilities: Tool {
    static let description = "Asks only what this client said it can answer."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        if context.clientCapabilities.hasSampling {
            let question = SamplingRequest("Say hello.", maximumTokens: 50)
            return "Model said: \(try await context.sample(question, key: "hello").text)"
        }
        guard context.clientCapabilities.hasFormElicitation else {
            return "The client cannot be asked anything."
        }
        let answer = try await context.elicit("What is your name?", as: NameForm.self, key: "user_name")
        return "Hello, \(answer.accepted?.name ?? "stranger")!"
    }
}
