import RoostKit

// Tools for tasks: one that never is one, and some that always are.

struct Greet: Tool {
    static let description = "Greets somebody; every client waits for it."
    static let annotations = ToolAnnotations.readOnly
    static let task = TaskSupport.never

    struct Input: ToolInput {
        @Param("Whom to greet") var name: String
    }

    func call(_ input: Input, _ context: CallContext) -> String { "Hello, \(input.name)!" }
}

struct SlowCompute: Tool {
    static let description = "Works for some seconds, says how far it is, and can be cancelled."
    static let annotations = ToolAnnotations.readOnly
    static let task = TaskSupport.always

    struct Input: ToolInput {
        @Param("How long it works") var seconds = 1.0
        @Param("What the answer calls it") var label = "computation"
    }

    func call(_ input: Input, _ context: CallContext) async throws -> String {
        let steps = 4
        for step in 0..<steps {
            context.progress(Double(step), of: Double(steps), "Computing \(input.label)")
            try await Task.sleep(for: .seconds(max(0, input.seconds)) / steps)
        }
        return "Computed \(input.label) in \(input.seconds) s."
    }
}

struct FailingJob: Tool {
    static let description = "Works for a second and fails, in words for the model."
    static let task = TaskSupport.required

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        try await Task.sleep(for: .seconds(1))
        throw ToolError("The job failed, as it always does.")
    }
}

struct ProtocolErrorJob: Tool {
    static let description = "Works for a moment and ends with a protocol error."
    static let task = TaskSupport.always

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        try await Task.sleep(for: .milliseconds(100))
        throw RPCError(.internalError, "The job broke, as it always does.")
    }
}
