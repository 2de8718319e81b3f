import RoostKit

/// Reads everything.
struct ReadGraph: Tool {
    static let title: String? = "Read Graph"
    static let description = """
        Reads the whole knowledge graph. It may be large: prefer search_nodes or open_nodes when you \
        know what you look for.
        """
    static let annotations = ToolAnnotations(
        readOnly: true,
        destructive: false,
        idempotent: true,
        openWorld: false
    )

    let memory: LiveMemory

    func call(_ input: NoInput, _ context: CallContext) async throws -> GraphAnswer {
        GraphAnswer(
            graph: try memory.read { store throws(StorageError) in try store.graph(in: context.namespace) }
        )
    }
}
