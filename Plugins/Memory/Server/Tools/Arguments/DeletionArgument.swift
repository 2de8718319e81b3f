import RoostKit

/// Observations to delete from one entity.
struct DeletionArgument: ToolInput {
    @Param("The name of the entity") var entityName: String
    @Param("The observations to delete, word for word") var observations: [String]

    var entityObservations: EntityObservations {
        EntityObservations(entityName: entityName, observations: observations)
    }
}
