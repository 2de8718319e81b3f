import MCP
import RoostJSON

/// Why a request about a task is refused.
enum TaskFailure {
    /// The same words for a task that never was, is no more, or is somebody else's.
    static func unknown(_ id: String) -> RPCError {
        RPCError(
            .invalidParams,
            "Task not found: there is no task with this taskId for this caller, or no more",
            data: ["taskId": .string(id)]
        )
    }

    static let storeAway = RPCError(
        .internalError,
        "the store of tasks cannot be reached right now; try again later"
    )

    /// The client did not say that it knows tasks.
    static func undeclared(_ what: String) -> RPCError {
        RPCError(
            .missingClientCapability,
            "\(what) needs a client that declares the extension \(ExtensionID.tasks)",
            data: ["requiredCapabilities": ["extensions": [ExtensionID.tasks: [:]]]]
        )
    }
}
