import MCP
package import RoostJSON

/// How a round of a task's work ended.
enum TaskEnding: Sendable {
    /// The result object of the call, as JSON text.
    case result([UInt8])
    /// The error the call was answered with.
    case error(RPCError)
    /// The tool asks its client something.
    case asked(TaskAsk)

    /// Reads the response message that a call ended with.
    init(message: [UInt8]) {
        let root = try? JSONDocument(parsing: message).root
        if let result = root?["result"] {
            self = .result(Array(result.bytes))
        } else {
            self = .error(
                root?["error"].flatMap { RPCError($0) } ?? RPCError(.internalError, "the call gave no answer")
            )
        }
    }
}

/// What a tool asks in the middle of a task, and what it wants back with the answers.
package struct TaskAsk: Sendable {
    /// An object of requests by key; nil when it only wants to be called again.
    package var requests: JSONView?
    package var state: String
    /// Counts the rounds; the first that asks is 1.
    package var round: Int64
}
