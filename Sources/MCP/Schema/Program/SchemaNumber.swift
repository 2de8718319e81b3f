import RoostJSON

/// A JSON number as a decimal: exact up to 38 digits, so that 0.3 is a multiple of 0.1.
struct SchemaNumber: Sendable {
    /// The value is `significand` × 10^`exponent`; nil when it has too many digits.
    private let exact: (significand: Int128, exponent: Int)?
    /// The nearest double.
    let double: Double
    /// The number as it was written.
    let text: String

    /// Nil when the view is not a number.
    init?(_ view: JSONView) {
        guard let text = view.numberText else { return nil }
        self.text = text
        if let small = Int64(text) {
            exact = (Int128(small), 0)
            double = Double(small)
        } else {
            exact = Self.parse(text)
            double = Double(text) ?? 0
        }
    }

    /// True for 42, 42.0 and 4.2e1.
    var isWhole: Bool {
        guard let exact else { return double == double.rounded() }
        return exact.exponent >= 0
    }

    static func < (left: SchemaNumber, right: SchemaNumber) -> Bool {
        guard let (a, b) = aligned(left, right) else { return left.double < right.double }
        return a < b
    }

    /// True when this is `other` times an integer.
    func isMultiple(of other: SchemaNumber) -> Bool {
        if let (a, b) = Self.aligned(self, other), b != 0 { return a % b == 0 }
        let quotient = double / other.double
        return quotient.isFinite
            ? quotient == quotient.rounded() : double.truncatingRemainder(dividingBy: other.double) == 0
    }

    var isPositive: Bool { double > 0 }

    /// Both significands for the same exponent; nil when they would not fit.
    private static func aligned(_ left: SchemaNumber, _ right: SchemaNumber) -> (Int128, Int128)? {
        guard let a = left.exact, let b = right.exact else { return nil }
        if a.exponent == b.exponent { return (a.significand, b.significand) }
        if a.exponent > b.exponent {
            return scaled(a.significand, by: a.exponent - b.exponent).map { ($0, b.significand) }
        }
        return scaled(b.significand, by: b.exponent - a.exponent).map { (a.significand, $0) }
    }

    private static func scaled(_ value: Int128, by digits: Int) -> Int128? {
        if value == 0 { return 0 }
        guard digits <= 38 else { return nil }
        var value = value
        for _ in 0..<digits {
            let (next, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = next
        }
        return value
    }

    /// Reads a text that is known to be a JSON number, and drops the zeros at its end.
    private static func parse(_ text: String) -> (significand: Int128, exponent: Int)? {
        var significand: Int128 = 0
        var exponent = 0
        var isNegative = false
        var isFraction = false
        var rest = text.utf8[...]
        while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
            rest.removeFirst()
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            default:
                let (shifted, overflow) = significand.multipliedReportingOverflow(by: 10)
                let (sum, carried) = shifted.addingReportingOverflow(Int128(byte - UInt8(ascii: "0")))
                if overflow || carried { return nil }
                significand = sum
                if isFraction { exponent -= 1 }
            }
        }
        if !rest.isEmpty {
            guard let power = Int(Substring(rest.dropFirst())), abs(power) < 1_000_000 else { return nil }
            exponent += power
        }
        if significand == 0 { return (0, 0) }
        while significand % 10 == 0 {
            significand /= 10
            exponent += 1
        }
        return (isNegative ? -significand : significand, exponent)
    }
}
