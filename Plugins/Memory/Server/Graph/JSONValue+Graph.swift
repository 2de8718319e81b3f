import RoostJSON

/// The graph's types as upstream writes them: the members and their order are part of the interface.
extension JSONValue {
    /// An entity as an object, with `type` before its members when a line of memory.jsonl needs it.
    init(_ entity: Entity, type: String? = nil) {
        self = .object(
            JSONObject(
                Self.typeMember(type) + [
                    ("name", .string(entity.name)), ("entityType", .string(entity.entityType)),
                    ("observations", JSONValue(entity.observations)),
                ]
            )
        )
    }

    /// A relation as an object, with `type` before its members when a line of memory.jsonl needs it.
    init(_ relation: Relation, type: String? = nil) {
        self = .object(
            JSONObject(
                Self.typeMember(type) + [
                    ("from", .string(relation.from)), ("to", .string(relation.to)),
                    ("relationType", .string(relation.relationType)),
                ]
            )
        )
    }

    /// A graph as an object of its entities and relations.
    init(_ graph: Graph) {
        self = [
            "entities": .array(graph.entities.map { JSONValue($0) }),
            "relations": .array(graph.relations.map { JSONValue($0) }),
        ]
    }

    /// An array of strings.
    init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }

    private static func typeMember(_ type: String?) -> [(String, JSONValue)] {
        type.map { [("type", .string($0))] } ?? []
    }
}
