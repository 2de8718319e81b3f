import RoostJSON

/// The output schemas, built from the same few parts.
enum AnswerSchema {
    static let text: JSONValue = ["type": "string"]
    static let entity = object(["name": text, "entityType": text, "observations": array(of: text)])
    static let relation = object(["from": text, "to": text, "relationType": text])

    static func array(of items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    /// An object that has exactly these members.
    static func object(_ properties: JSONObject) -> JSONValue { .object(root(properties)) }

    /// The same, as the outermost schema.
    static func root(_ properties: JSONObject) -> JSONObject {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(properties.keys.map(JSONValue.string)), "additionalProperties": false,
        ]
    }
}
