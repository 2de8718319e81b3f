/// A JSON number as an exact decimal: `significand` × 10^`exponent`, without zeros at the end of the significand.
package struct JSONDecimal: Sendable, Hashable {
    /// All digits, with the sign.
    package let significand: Int128
    /// The power of ten; 0 for zero.
    package let exponent: Int

    /// Reads a number.
    ///
    /// Nil when the view is not a number, or has more than 38 digits or an exponent beyond a million.
    package init?(_ view: JSONView) {
        guard view.kind == .number else { return nil }
        self.init(text: view.bytes)
    }

    /// The value, when it is an integer that fits.
    package var integer: Int64? {
        guard exponent >= 0, exponent < 19 else { return nil }
        var value = significand
        for _ in 0..<exponent { value *= 10 }
        return Int64(exactly: value)
    }

    /// Reads a text that is known to be a JSON number.
    init?(text: ArraySlice<UInt8>) {
        var significand: Int128 = 0
        var exponent = 0
        var isFraction = false
        var place = text.startIndex
        scan: while place < text.endIndex {
            let byte = text[place]
            place += 1
            switch byte {
            case UInt8(ascii: "-"): break
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                if significand == 0 { break scan }
                guard let power = Self.power(text[place...]) else { return nil }
                exponent += power
                break scan
            default:
                let (shifted, overflow) = significand.multipliedReportingOverflow(by: 10)
                let (sum, carried) = shifted.addingReportingOverflow(Int128(byte &- UInt8(ascii: "0")))
                if overflow || carried { return nil }
                significand = sum
                if isFraction { exponent -= 1 }
            }
        }
        while significand != 0, significand % 10 == 0 {
            significand /= 10
            exponent += 1
        }
        self.significand = text.first == UInt8(ascii: "-") ? -significand : significand
        self.exponent = significand == 0 ? 0 : exponent
    }

    private static func power(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits where JSONText.isDigit(byte) {
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            if value > 1_000_000 { return nil }
        }
        return digits.first == UInt8(ascii: "-") ? -value : value
    }
}
