/// An error that a tool threw, as the result the model reads.
struct ToolFailure {
    let result: ToolResult

    /// - Throws: The error itself when it is not for the model: protocol errors and cancellation.
    init(_ error: any Error, of tool: String, _ context: CallContext) throws {
        switch error {
        case is RPCError: throw error
        case is CancellationError where context.isCancelled: throw error
        case let error as ToolError: result = ToolResult(error.content, isError: true)
        case let error as HTTPError: result = ToolResult([.text(error.description)], isError: true)
        case let error as InputMismatch: result = ToolResult([.text(error.description)], isError: true)
        default:
            let id = UnexpectedError(error).log(in: context)
            let text = "The tool \(tool) failed unexpectedly. Reference for the operator: \(id)."
            result = ToolResult([.text(text)], isError: true)
        }
    }
}

/// An error that only the operator should see.
struct UnexpectedError {
    private let error: any Error

    init(_ error: any Error) { self.error = error }

    /// Logs the error and returns the short id under which it was logged.
    func log(in context: CallContext) -> String {
        let id = String(UInt32.random(in: .min ... .max) | 0x1000_0000, radix: 16)
        let request = context.request
        // Outside of the call, so that it reaches the operator and never the client.
        context.host.log(call: 0, level: .error, logger: "RoostKit") {
            .string("\(request.method) \(request.target) threw an unexpected error [\(id)]: \(error)")
        }
        return id
    }
}
