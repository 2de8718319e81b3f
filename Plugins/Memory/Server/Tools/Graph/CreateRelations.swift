import RoostKit

/// Adds relations that are new; their ends need not exist.
struct CreateRelations: Tool {
    static let title: String? = "Create Relations"
    static let description = """
        Adds new relations between entities of the knowledge graph. Relations are directed and read in \
        active voice. One that exists is passed over.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: false,
        idempotent: false,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The relations to add") var relations: [RelationArgument]
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> RelationsAnswer {
        RelationsAnswer(
            outcome: try memory.change { store throws(StorageError) in
                try store.createRelations(input.relations.map(\.relation), in: context.namespace)
            }
        )
    }
}
