import RoostKit

/// Finds entities by a piece of text.
struct SearchNodes: Tool {
    static let title: String? = "Search Nodes"
    static let description = """
        Finds the entities of the knowledge graph that contain the query, as one piece and in any case, \
        in their name, their type or an observation. Relations from or to them come along.
        """
    static let annotations = ToolAnnotations(
        readOnly: true,
        destructive: false,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The text to look for") var query: String
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> GraphAnswer {
        GraphAnswer(
            graph: try memory.read { store throws(StorageError) in
                try store.search(input.query, in: context.namespace)
            }
        )
    }
}
