/// Observations that belong to one entity: to add, just added, or to delete.
package struct EntityObservations: Sendable, Hashable {
    /// The name of the entity.
    package var entityName: String
    /// The texts, in the order given.
    package var observations: [String]

    package init(entityName: String, observations: [String]) {
        self.entityName = entityName
        self.observations = observations
    }
}
