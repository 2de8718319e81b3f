import RoostKit

/// Reads entities by name.
struct OpenNodes: Tool {
    static let title: String? = "Open Nodes"
    static let description = """
        Reads the entities of the knowledge graph with exactly these names, and the relations from or \
        to them. Unknown names are left out.
        """
    static let annotations = ToolAnnotations(
        readOnly: true,
        destructive: false,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The names of the entities to read") var names: [String]
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> GraphAnswer {
        GraphAnswer(
            graph: try memory.read { store throws(StorageError) in
                try store.open(names: input.names, in: context.namespace)
            }
        )
    }
}
