import RoostJSON

/// The graph's types as upstream writes them: the members and their order are part of the interface.
extension JSONWriter {
    /// Writes the members of an entity into the object that is being written.
    mutating func members(of entity: Entity) {
        member("name", string: entity.name)
        member("entityType", string: entity.entityType)
        key("observations")
        strings(entity.observations)
    }

    /// Writes the members of a relation into the object that is being written.
    mutating func members(of relation: Relation) {
        member("from", string: relation.from)
        member("to", string: relation.to)
        member("relationType", string: relation.relationType)
    }

    /// Writes an array of entities.
    mutating func entities(_ entities: [Entity]) {
        array { array in
            for entity in entities { array.object { $0.members(of: entity) } }
        }
    }

    /// Writes an array of relations.
    mutating func relations(_ relations: [Relation]) {
        array { array in
            for relation in relations { array.object { $0.members(of: relation) } }
        }
    }

    /// Writes an array of strings.
    mutating func strings(_ texts: [String]) {
        array { array in
            for text in texts { array.string(text) }
        }
    }

    /// Writes an object with the entities and the relations of a graph.
    mutating func graph(_ graph: Graph) {
        object { object in
            object.key("entities")
            object.entities(graph.entities)
            object.key("relations")
            object.relations(graph.relations)
        }
    }
}
