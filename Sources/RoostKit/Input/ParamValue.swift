/// A type that an argument can have.
///
/// Texts, numbers, booleans, arrays, dictionaries, optionals, any JSON, and objects that conform to
/// ``ToolInput`` do. An enum of texts needs only to say so: `enum Unit: String, CaseIterable, ParamValue {
/// case metric, imperial }`.
public protocol ParamValue: Sendable {
    /// The JSON Schema of the values.
    static var schema: JSONObject { get }

    /// What an argument that was not given stands for. Nil, the default: it must be given.
    static var absent: Self? { get }

    /// Reads a value.
    ///
    /// - Throws: ``InputMismatch`` when the JSON is something else.
    static func decode(_ json: JSONView) throws -> Self

    /// The value as JSON, as ``decode(_:)`` would read it.
    var json: JSONValue { get }
}

extension ParamValue {
    /// The argument must be given.
    public static var absent: Self? { nil }

    /// The value as JSON, or nil when it stands for an argument that was not given.
    var presentJSON: JSONValue? {
        if let optional = self as? any OptionalParam { return optional.wrappedJSON }
        return json
    }
}

extension ParamValue where Self: CaseIterable & RawRepresentable, RawValue == String {
    /// A text that is one of the cases.
    public static var schema: JSONObject {
        ["type": "string", "enum": .array(allCases.map { .string($0.rawValue) })]
    }

    /// Reads a case by its raw value.
    public static func decode(_ json: JSONView) throws -> Self {
        if let text = json.string, let value = Self(rawValue: text) { return value }
        let cases = allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        throw InputMismatch(expected: "one of \(cases)", found: json)
    }

    /// The case's raw value.
    public var json: JSONValue { .string(rawValue) }
}

/// A number or an optional one.
public protocol NumericParam: ParamValue {
    /// The number's own type.
    associatedtype Number: Comparable & Sendable & ParamValue
    /// The number, or nil when there is none.
    var number: Number? { get }
}

/// A text or an optional one.
public protocol TextParam: ParamValue {
    /// The text, or nil when there is none.
    var text: String? { get }
}

/// An array or an optional one.
public protocol ListParam: ParamValue {
    /// How many elements there are, or nil when there is no array.
    var elementCount: Int? { get }
}
