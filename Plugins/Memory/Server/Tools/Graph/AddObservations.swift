import RoostKit

/// Adds facts to entities that exist.
struct AddObservations: Tool {
    static let title: String? = "Add Observations"
    static let description = """
        Adds facts to entities of the knowledge graph that exist. Facts an entity has already are \
        passed over. An unknown entity fails the whole call and nothing is saved.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: false,
        idempotent: false,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("What to add to which entity") var observations: [AdditionArgument]
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> ObservationsAnswer {
        ObservationsAnswer(
            outcome: try memory.change { store throws(StorageError) in
                try store.addObservations(input.observations.map(\.observations), in: context.namespace)
            }
        )
    }
}
