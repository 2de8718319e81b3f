extension String: TextParam {
    /// Any text.
    public static var schema: JSONObject { ["type": "string"] }

    /// Reads a text.
    public static func decode(_ json: JSONView) throws -> String {
        guard let value = json.string else { throw InputMismatch(expected: "a string", found: json) }
        return value
    }

    /// The text.
    public var json: JSONValue { .string(self) }
    /// The text.
    public var text: String? { self }
}

extension Int: NumericParam {
    /// Any integer that fits 64 bits.
    public static var schema: JSONObject { ["type": "integer"] }

    /// Reads an integer.
    ///
    /// 3.0 is one, 3.5 is not.
    public static func decode(_ json: JSONView) throws -> Int {
        guard let value = json.integer else { throw InputMismatch(expected: "an integer", found: json) }
        return Int(value)
    }

    /// The integer.
    public var json: JSONValue { .integer(Int64(self)) }
    /// The integer.
    public var number: Int? { self }
}

extension Double: NumericParam {
    /// Any number.
    public static var schema: JSONObject { ["type": "number"] }

    /// Reads a number.
    public static func decode(_ json: JSONView) throws -> Double {
        guard let value = json.double else { throw InputMismatch(expected: "a number", found: json) }
        return value
    }

    /// The number.
    public var json: JSONValue { .number(self) }
    /// The number.
    public var number: Double? { self }
}

extension Bool: ParamValue {
    /// True or false.
    public static var schema: JSONObject { ["type": "boolean"] }

    /// Reads a boolean.
    public static func decode(_ json: JSONView) throws -> Bool {
        guard let value = json.bool else { throw InputMismatch(expected: "true or false", found: json) }
        return value
    }

    /// The boolean.
    public var json: JSONValue { .bool(self) }
}

extension JSONValue: ParamValue {
    /// Any JSON value.
    public static var schema: JSONObject { [:] }

    /// Reads whatever there is.
    public static func decode(_ json: JSONView) throws -> JSONValue { JSONValue(json) }

    /// The value itself.
    public var json: JSONValue { self }
}

extension JSONObject: ParamValue {
    /// Any object.
    public static var schema: JSONObject { ["type": "object"] }

    /// Reads an object with whatever members it has.
    public static func decode(_ json: JSONView) throws -> JSONObject {
        guard let value = JSONValue(json).object else {
            throw InputMismatch(expected: "an object", found: json)
        }
        return value
    }

    /// The object.
    public var json: JSONValue { .object(self) }
}
