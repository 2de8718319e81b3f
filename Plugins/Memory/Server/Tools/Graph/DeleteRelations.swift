import RoostKit

/// Deletes exactly the relations given.
struct DeleteRelations: Tool {
    static let title: String? = "Delete Relations"
    static let description = """
        Deletes relations from the knowledge graph. Only exactly the same relation is deleted; unknown \
        ones are passed over.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: true,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The relations to delete") var relations: [RelationArgument]
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> DeletionAnswer {
        try memory.change { store throws(StorageError) in
            try store.deleteRelations(input.relations.map(\.relation), in: context.namespace)
        }
        return DeletionAnswer(message: "Relations deleted successfully")
    }
}
