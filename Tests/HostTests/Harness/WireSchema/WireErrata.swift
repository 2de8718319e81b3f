import RoostJSON

/// Puts right what the generated schema files say more narrowly than the specification's TypeScript source.
enum WireErrata {
    /// The schema with number beside integer, and null among the JSON values, where the generator lost them.
    static func corrected(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .array(let items): return .array(items.map(corrected))
        case .object(let object):
            var object = JSONObject(object.members.map { ($0.key, corrected($0.value)) })
            if let types = object["type"]?.array, types.contains("boolean"), !types.contains("number") {
                object["type"] = .array(types + ["number", "null"])
            }
            return .object(object)
        default: return schema
        }
    }
}
