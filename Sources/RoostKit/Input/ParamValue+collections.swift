/// What the SDK needs to know of an optional whose wrapped type it does not know.
protocol OptionalParam {
    var wrappedJSON: JSONValue? { get }
}

extension Optional: ParamValue, OptionalParam where Wrapped: ParamValue {
    /// The schema of the wrapped type: an absent argument is nil, so null need not be allowed.
    public static var schema: JSONObject { Wrapped.schema }

    /// An argument that was not given is nil.
    public static var absent: Wrapped?? { .some(.none) }

    /// Reads a value; null reads as nil.
    public static func decode(_ json: JSONView) throws -> Wrapped? {
        json.isNull ? nil : try Wrapped.decode(json)
    }

    /// The wrapped value, or null.
    public var json: JSONValue { self?.json ?? .null }

    var wrappedJSON: JSONValue? { self?.json }
}

extension Optional: NumericParam where Wrapped: NumericParam {
    /// The number, or nil when there is none.
    public var number: Wrapped.Number? { self?.number }
}

extension Optional: TextParam where Wrapped: TextParam {
    /// The text, or nil when there is none.
    public var text: String? { self?.text }
}

extension Optional: ListParam where Wrapped: ListParam {
    /// How many elements there are, or nil when there is no array.
    public var elementCount: Int? { self?.elementCount }
}

extension Array: ParamValue where Element: ParamValue {
    /// An array of the element's schema.
    public static var schema: JSONObject { ["type": "array", "items": .object(Element.schema)] }

    /// Reads every element.
    public static func decode(_ json: JSONView) throws -> [Element] {
        guard json.kind == .array else { throw InputMismatch(expected: "an array", found: json) }
        return try json.elements.enumerated().map { place, element in
            do {
                return try Element.decode(element)
            } catch let mismatch as InputMismatch {
                throw mismatch.inside("\(place)")
            }
        }
    }

    /// The elements.
    public var json: JSONValue { .array(map(\.json)) }
}

extension Array: ListParam where Element: ParamValue {
    /// How many elements there are.
    public var elementCount: Int? { count }
}

extension Dictionary: ParamValue where Key == String, Value: ParamValue {
    /// An object whose members all follow the value's schema.
    public static var schema: JSONObject {
        ["type": "object", "additionalProperties": .object(Value.schema)]
    }

    /// Reads every member.
    public static func decode(_ json: JSONView) throws -> [String: Value] {
        guard json.kind == .object else { throw InputMismatch(expected: "an object", found: json) }
        var result: [String: Value] = [:]
        for member in json.members {
            do {
                result[member.key] = try Value.decode(member.value)
            } catch let mismatch as InputMismatch {
                throw mismatch.inside(member.key)
            }
        }
        return result
    }

    /// The members, ordered by key.
    public var json: JSONValue {
        .object(JSONObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
}
