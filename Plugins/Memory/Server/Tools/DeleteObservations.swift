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

    let graph: LiveGraph

    func call(_ input: Input, _ context: CallContext) async throws -> DeletionAnswer {
        try graph.change { store throws(StorageError) in
            try store.deleteObservations(input.deletions.map(\.entityObservations))
        }
        return DeletionAnswer(message: "Observations deleted successfully")
    }
}
