import RoostJSON

/// Names that arguments have had, so that clients with old habits are served.
enum ArgumentNames {
    static let query = ["query", "userQuery", "question", "topic"]
    static let library = [
        "libraryId", "context7CompatibleLibraryID", "libraryID", "library_id", "libraryName",
    ]
    static let libraryName = ["libraryName", "library_name"]
    static let tokens = ["tokens", "max_tokens"]

    /// The first of the names that stands there; the present one wins.
    static func value(_ names: [String], in arguments: JSONValue) -> JSONValue? {
        names.lazy.compactMap { arguments[$0] }.first { !$0.isNull }
    }

    /// A schema that takes any of the names for each argument, and anything else beside them.
    ///
    /// `required`: for each argument that must be there its names.
    static func schema(texts: [[String]], numbers: [[String]] = [], required: [[String]]) -> String {
        var properties: JSONObject = [:]
        for name in texts.flatMap({ $0 }) { properties[name] = ["type": "string"] }
        for name in numbers.flatMap({ $0 }) { properties[name] = ["type": ["integer", "string"]] }
        let alternatives: [JSONValue] = required.map { names in
            ["anyOf": .array(names.map { ["required": [.string($0)]] })]
        }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !alternatives.isEmpty { schema["allOf"] = .array(alternatives) }
        return JSONValue.object(schema).text
    }

    /// A whole number, also one that a client wrote as text.
    static func number(_ names: [String], in arguments: JSONValue) -> Int64? {
        guard let value = value(names, in: arguments) else { return nil }
        return value.integer ?? value.string.flatMap { Int64($0) }
    }
}

extension JSONValue {
    fileprivate var isNull: Bool { kind == .null }
}
