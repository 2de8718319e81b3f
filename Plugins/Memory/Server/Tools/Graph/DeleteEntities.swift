import RoostKit

/// Deletes entities and the relations at them.
struct DeleteEntities: Tool {
    static let title: String? = "Delete Entities"
    static let description = """
        Deletes entities from the knowledge graph, with their observations and every relation from or \
        to them. Unknown names are passed over.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: true,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The names of the entities to delete") var entityNames: [String]
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> DeletionAnswer {
        try memory.change { store throws(StorageError) in
            try store.deleteEntities(named: input.entityNames, in: context.namespace)
        }
        return DeletionAnswer(message: "Entities deleted successfully")
    }
}
