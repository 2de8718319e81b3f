/// Entities and relations, each in the order they were added: a whole graph or the part a search found.
package struct Graph: Sendable, Hashable {
    /// The entities, oldest first.
    package var entities: [Entity]
    /// The relations, oldest first.
    package var relations: [Relation]

    package init(entities: [Entity] = [], relations: [Relation] = []) {
        self.entities = entities
        self.relations = relations
    }
}
