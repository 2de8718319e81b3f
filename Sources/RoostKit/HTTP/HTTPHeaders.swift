/// Header fields in the order they are sent or came; names are the same in any case.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name, in any case.
        public var name: String
        /// The value, one line.
        public var value: String

        /// Creates a field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Every field, also those of one name.
    public var fields: [Field] = []

    /// No fields.
    public init() {}

    /// Takes fields as they are.
    public init(_ fields: [Field]) { self.fields = fields }

    /// Takes fields in the order they are written.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field($0.0, $0.1) }
    }

    /// The first value of a name; setting one puts it in the place of all others, nil takes them out.
    public subscript(_ name: String) -> String? {
        get {
            let name = name.lowercased()
            return fields.first { $0.name.lowercased() == name }?.value
        }
        set {
            let wanted = name.lowercased()
            fields.removeAll { $0.name.lowercased() == wanted }
            if let newValue { fields.append(Field(name, newValue)) }
        }
    }

    /// Adds fields; those of a name that is there already take their place.
    public func merging(_ other: HTTPHeaders) -> HTTPHeaders {
        let names = Set(other.fields.map { $0.name.lowercased() })
        return HTTPHeaders(fields.filter { !names.contains($0.name.lowercased()) } + other.fields)
    }
}
