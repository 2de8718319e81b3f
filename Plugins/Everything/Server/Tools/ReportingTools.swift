import RoostKit

// Tools that say something while they run.

struct TestToolWithProgress: Tool {
    static let description = "Reports progress three times, 50 ms apart, then answers."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        context.progress(0, of: 100, "Started")
        try await Task.sleep(for: .milliseconds(50))
        context.progress(50, of: 100, "Half way")
        try await Task.sleep(for: .milliseconds(50))
        context.progress(100, of: 100, "Finished")
        return "Tool with progress completed."
    }
}

struct TestToolWithLogging: Tool {
    static let description = "Writes three log lines, 50 ms apart, then answers."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        context.log(.info, "Tool execution started")
        try await Task.sleep(for: .milliseconds(50))
        context.log(.info, "Tool processing data")
        try await Task.sleep(for: .milliseconds(50))
        context.log(.info, "Tool execution completed")
        return "Tool with logging completed."
    }
}

struct TestLoggingTool: Tool {
    static let description = "Writes one log line, which only reaches clients that ask for log lines."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) -> String {
        context.log(
            .info,
            data: ["message": "A structured line", "tool": .string(Self.name)],
            logger: "everything"
        )
        return "Logged one line."
    }
}

struct TestReconnection: Tool {
    static let description =
        "Lets go of the client's connection, works on, and answers when the client is back."
    static let annotations = ToolAnnotations.readOnly

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let wasClosed = context.closeStream(retryAfter: .milliseconds(500))
        try await Task.sleep(for: .milliseconds(100))
        return wasClosed
            ? "The result waited until the client came back."
            : "The client cannot come back, so nothing was closed."
    }
}

struct TestUpdateWatchedResource: Tool {
    static let description = "Changes test://watched-resource and tells its subscribers."
    let resource: WatchedResource

    func call(_ input: NoInput, _ context: CallContext) -> String {
        let version = resource.update()
        context.resourceUpdated(WatchedResource.uri)
        return "The watched resource is at version \(version)."
    }
}
