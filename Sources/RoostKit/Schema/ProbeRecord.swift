/// What one type asked its decoder for.
///
/// A class because a decoder and its containers share it; never leaves the function that probes, so it needs
/// no lock.
final class ProbeRecord {
    /// The types being probed, outermost first.
    let path: [ObjectIdentifier]
    private var whole: JSONObject?
    private var properties = JSONObject()
    private var required: [JSONValue] = []
    private var askedForNil: Set<String> = []

    init(path: [ObjectIdentifier]) { self.path = path }

    /// The type decodes as one value of another.
    func become(_ schema: JSONObject) { whole = schema }

    /// The type looks whether a member is there before it decodes it, as synthesised code does for optionals.
    func noteNilCheck(of key: String) { askedForNil.insert(key) }

    func add(_ schema: JSONObject, for key: String) {
        if !askedForNil.contains(key), properties[key] == nil { required.append(.string(key)) }
        properties[key] = .object(schema)
    }

    func isOptional(_ key: String) -> Bool { askedForNil.contains(key) }

    var schema: JSONObject {
        if let whole { return whole }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required) }
        return schema
    }
}
