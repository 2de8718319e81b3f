import RoostJSON

/// Holds an answer against an output schema, for the few keywords that the plugin's schemas use.
///
/// A keyword it does not know is a fault, so that a schema cannot outgrow it unseen.
struct OutputSchemaCheck {
    private(set) var faults: [String] = []

    mutating func check(_ value: JSONValue, _ schema: JSONValue?, at path: String = "$") {
        guard let schema = schema?.object else {
            return faults.append("\(path): expected a schema, found none")
        }
        for key in schema.keys
        where !["type", "properties", "required", "items", "additionalProperties", "description"].contains(
            key
        ) {
            faults.append("\(path): unknown keyword \(key)")
        }
        if schema["type"]?.string != value.kind.description {
            faults.append("\(path): expected \(schema["type"]?.text ?? "a type"), found \(value.kind)")
        }
        for (place, element) in (value.array ?? []).enumerated() {
            check(element, schema["items"], at: "\(path)[\(place)]")
        }
        for member in value.object?.members ?? [] {
            check(member.value, schema["properties"]?[member.key], at: "\(path).\(member.key)")
        }
        for key in schema["required"]?.array ?? [] where value[key.string ?? ""] == nil {
            faults.append("\(path): \(key) is missing")
        }
    }
}
