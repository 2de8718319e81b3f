import RoostJSON

/// A memory as answers show it: the original platform's four members, then where it comes from.
enum MemoryShape {
    static let schema: JSONObject = [
        "key": AnswerSchema.text, "content": AnswerSchema.text, "metadata": ["type": "object"],
        "embedding_id": ["type": "integer"], "scope": ["enum": ["own", "shared"]],
        "created_at": ["type": "string", "format": "date-time"],
        "updated_at": ["type": "string", "format": "date-time"], "source": AnswerSchema.text,
    ]

    static let required = ["key", "content", "metadata", "embedding_id", "scope", "created_at", "updated_at"]

    /// An object with these members and some more.
    static func schema(adding more: JSONObject, required others: [String]) -> JSONValue {
        var properties = schema
        for (key, value) in more.members { properties[key] = value }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array((required + others).map(JSONValue.string)), "additionalProperties": false,
        ]
    }

    static func json(_ memory: Memory) -> JSONObject {
        var object: JSONObject = [
            "key": .string(memory.key), "content": .string(memory.content),
            "metadata": .object(memory.metadata),
            "embedding_id": .integer(memory.id), "scope": .string(memory.namespace.label),
            "created_at": .string(Moment.text(memory.createdAt)),
            "updated_at": .string(Moment.text(memory.updatedAt)),
        ]
        object["source"] = memory.source.map(JSONValue.string)
        return object
    }
}
