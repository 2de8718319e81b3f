import RoostKit

/// Deletes facts word for word.
struct DeleteObservations: Tool {
    static let title: String? = "Delete Observations"
    static let description = """
        Deletes facts from entities of the knowledge graph. Unknown entities and facts are passed over.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: true,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("What to delete from which entity") var deletions: [DeletionArgument]
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> DeletionAnswer {
        try memory.change { store throws(StorageError) in
            try store.deleteObservations(input.deletions.map(\.entityObservations), in: context.namespace)
        }
        return DeletionAnswer(message: "Observations deleted successfully")
    }
}
