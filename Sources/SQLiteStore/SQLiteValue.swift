/// One value of a row, or of a statement's parameters.
package enum SQLiteValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// The integer; nil for anything else.
    package var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

    /// The text; nil for anything else.
    package var text: String? { if case .text(let value) = self { value } else { nil } }

    /// The bytes; nil for anything else.
    package var blob: [UInt8]? { if case .blob(let value) = self { value } else { nil } }
}
