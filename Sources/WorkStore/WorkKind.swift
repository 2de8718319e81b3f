/// What a record of work is to whoever asked for it.
///
/// Raw values stand in stores: never change one.
package enum WorkKind: String, Sendable, Hashable, CaseIterable {
    /// A job of RunPod's job API, or of its queue.
    case job
    /// A task of MCP's tasks extension.
    case task
}
