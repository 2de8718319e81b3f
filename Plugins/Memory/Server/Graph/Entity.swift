/// A thing the graph knows about: its name, its type, and what was observed of it.
///
/// The name identifies the entity, scalar by scalar: two spellings that only look alike are two entities.
package struct Entity: Sendable, Hashable {
    /// Identifies the entity.
    package var name: String
    /// What kind of thing it is, in the client's own words.
    package var entityType: String
    /// Facts, in the order they were added.
    package var observations: [String]

    package init(name: String, entityType: String, observations: [String] = []) {
        self.name = name
        self.entityType = entityType
        self.observations = observations
    }
}
