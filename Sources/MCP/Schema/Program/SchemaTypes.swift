import RoostJSON

/// The set of types the keyword `type` names.
struct SchemaTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let number = SchemaTypes(rawValue: 4)
    static let string = SchemaTypes(rawValue: 8)
    static let array = SchemaTypes(rawValue: 16)
    static let object = SchemaTypes(rawValue: 32)
    static let integer = SchemaTypes(rawValue: 64)

    private static let names: [(String, SchemaTypes)] = [
        ("boolean", .boolean), ("integer", .integer), ("number", .number),
        ("string", .string),
        ("array", .array), ("object", .object), ("null", .null),
    ]

    /// The type with this name, or nil when there is none.
    init?(name: String) {
        guard let entry = Self.names.first(where: { $0.0 == name }) else { return nil }
        self = entry.1
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// True when the value is of one of these types; 42.0 is an integer.
    func accept(_ view: JSONView) -> Bool {
        switch view.kind {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .number: contains(.number) || contains(.integer) && SchemaNumber(view)?.isWhole ?? false
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }

    /// The names for a sentence: "integer or null".
    var sentence: String { Self.names.filter { contains($0.1) }.map(\.0).joined(separator: " or ") }
}
