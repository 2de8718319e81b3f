/// The names of MCP extensions that the host knows (2026-07-28, "Extensions").
package enum ExtensionID {
    /// Calls that go on as tasks (ext-tasks, draft).
    package static let tasks = "io.modelcontextprotocol/tasks"
}
