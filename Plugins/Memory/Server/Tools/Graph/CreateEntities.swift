import RoostKit

/// Adds entities whose names are new.
struct CreateEntities: Tool {
    static let title: String? = "Create Entities"
    static let description = """
        Adds new entities to the knowledge graph. An entity whose name exists is passed over and left \
        as it is; use add_observations to tell more about it.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: false,
        idempotent: false,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The entities to add") var entities: [EntityArgument]
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> EntitiesAnswer {
        EntitiesAnswer(
            outcome: try memory.change { store throws(StorageError) in
                try store.createEntities(input.entities.map(\.entity), in: context.namespace)
            }
        )
    }
}
