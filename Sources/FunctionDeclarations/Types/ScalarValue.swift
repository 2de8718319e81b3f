package import RoostJSON

/// The value of a C scalar, wide enough for each of them.
package enum ScalarValue: Sendable, Hashable {
    case bool(Bool)
    case signed(Int64)
    case unsigned(UInt64)
    case floating(Double)

    /// The greatest integer that every JSON reader gives back exactly: 2^53 - 1.
    package static let greatestExact: UInt64 = (1 << 53) - 1

    /// The value as answers show it.
    ///
    /// An integer that a double cannot hold exactly is a string of its digits, and so is what JSON has no number for: NaN,
    /// Infinity, -Infinity.
    package var json: JSONValue {
        switch self {
        case .bool(let value): .bool(value)
        case .signed(let value):
            value.magnitude <= Self.greatestExact ? .integer(value) : .string("\(value)")
        case .unsigned(let value):
            value <= Self.greatestExact ? .integer(Int64(value)) : .string("\(value)")
        case .floating(let value):
            value.isFinite
                ? .number(value) : .string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        }
    }

    /// The value as an integer; nil for a floating-point number and for what Int64 cannot hold.
    package var integer: Int64? {
        switch self {
        case .bool(let value): value ? 1 : 0
        case .signed(let value): value
        case .unsigned(let value): Int64(exactly: value)
        case .floating: nil
        }
    }
}
