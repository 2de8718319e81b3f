import RoostJSON

/// A subschema and where it stands.
struct SchemaPlace: Sendable {
    let view: JSONView
    /// JSON pointer in the document.
    let location: String
    /// Number of the resource it belongs to.
    let resource: Int

    /// A value below this one.
    func child(_ view: JSONView, _ tokens: String...) -> SchemaPlace {
        let path = tokens.map { "/" + JSONPointer.escape($0) }.joined()
        return SchemaPlace(view: view, location: location + path, resource: resource)
    }
}

extension JSONView {
    /// The value's text for a message: short, with its type when that is not obvious.
    var excerpt: String {
        switch kind {
        case .object: return "an object"
        case .array: return "an array of \(count)"
        case .null, .bool, .number, .string:
            let text = String(decoding: bytes.prefix(64), as: UTF8.self)
            return bytes.count > 64 ? text + "…" : text
        }
    }
}
