import RoostKit

/// Observations to add to one entity.
struct AdditionArgument: ToolInput {
    @Param("The name of the entity; it must exist") var entityName: String
    @Param("The facts to add, one short sentence each") var contents: [String]

    var observations: EntityObservations {
        EntityObservations(entityName: entityName, observations: contents)
    }
}
