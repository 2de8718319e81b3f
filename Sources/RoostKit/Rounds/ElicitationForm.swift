/// A form that a client can show: a flat JSON Schema, and the check that an answer follows it.
///
/// The check knows what MCP allows in forms: texts, numbers, booleans, choices and lists of choices.
struct ElicitationForm: Sendable {
    let schema: JSONObject

    /// True when every required member is there and each that is there has its type and keeps its limits.
    func accepts(_ content: JSONValue) -> Bool {
        guard let members = content.object else { return false }
        let required = schema["required"]?.array ?? []
        guard required.allSatisfy({ $0.string.flatMap { members[$0] } != nil }) else { return false }
        return (schema["properties"]?.object?.members ?? []).allSatisfy { name, property in
            members[name].map { Self.value($0, follows: property) } ?? true
        }
    }

    private static func value(_ value: JSONValue, follows property: JSONValue) -> Bool {
        let hasType =
            switch property["type"]?.string {
            case "string": value.string.map { text($0, follows: property) } ?? false
            case "integer": value.integer != nil && number(value, follows: property)
            case "number": value.double != nil && number(value, follows: property)
            case "boolean": value.bool != nil
            case "array": value.array.map { list($0, follows: property) } ?? false
            default: true
            }
        return hasType && isChoice(value, of: property)
    }

    private static func text(_ text: String, follows property: JSONValue) -> Bool {
        let length = Int64(text.unicodeScalars.count)
        return length >= property["minLength"]?.integer ?? 0
            && length <= property["maxLength"]?.integer ?? .max
    }

    private static func number(_ value: JSONValue, follows property: JSONValue) -> Bool {
        guard let number = value.double else { return false }
        return number >= property["minimum"]?.double ?? -.infinity
            && number <= property["maximum"]?.double ?? .infinity
    }

    private static func list(_ values: [JSONValue], follows property: JSONValue) -> Bool {
        let count = Int64(values.count)
        guard count >= property["minItems"]?.integer ?? 0, count <= property["maxItems"]?.integer ?? .max
        else {
            return false
        }
        guard let items = property["items"] else { return true }
        return values.allSatisfy { value($0, follows: items) }
    }

    private static func isChoice(_ value: JSONValue, of property: JSONValue) -> Bool {
        if let choices = property["enum"]?.array { return choices.contains(value) }
        if let titled = (property["oneOf"] ?? property["anyOf"])?.array {
            return titled.contains { $0["const"] == value }
        }
        return true
    }
}
