import RoostJSON

/// What may be kept of a call's arguments: their names, types and sizes, and no value.
enum RedactedArguments {
    /// Objects keep their names; everything else becomes the word for what it is.
    static func value(of json: [UInt8]) -> JSONValue {
        // Large ones are not looked into: this happens while the plugin's other calls wait.
        guard json.count <= 1 << 16 else { return .string("object (\(json.count) bytes)") }
        guard let document = try? JSONDocument(parsing: json) else {
            return .string("no JSON (\(json.count) bytes)")
        }
        return value(of: document.root, depth: 0)
    }

    private static func value(of view: JSONView, depth: Int) -> JSONValue {
        switch view.kind {
        case .object:
            guard depth < 4 else { return .string("object (\(view.bytes.count) bytes)") }
            var object: JSONObject = [:]
            for (count, member) in view.members.enumerated() {
                guard count < 50 else {
                    object["…"] = .string("more members")
                    break
                }
                object[member.key] = value(of: member.value, depth: depth + 1)
            }
            return .object(object)
        case .array: return .string("array (\(view.elements.reduce(0) { count, _ in count + 1 }))")
        case .string: return .string("string (\(view.bytes.count - 2) bytes)")
        default: return .string("\(view.kind)")
        }
    }
}
