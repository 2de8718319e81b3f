import RoostJSON

/// A JSON number as a decimal: exact up to 38 digits, so that 0.3 is a multiple of 0.1.
struct SchemaNumber: Sendable {
    /// Nil when it has too many digits.
    private let exact: JSONDecimal?
    private let view: JSONView

    /// Nil when the view is not a number.
    init?(_ view: JSONView) {
        guard view.kind == .number else { return nil }
        self.view = view
        exact = JSONDecimal(view)
    }

    /// The nearest double.
    var double: Double { view.double ?? 0 }

    /// The number as it was written.
    var text: String { view.numberText ?? "" }

    /// True for 42, 42.0 and 4.2e1.
    var isWhole: Bool {
        // Without an exact value the number is huge, has very many digits, or is too small to be told from zero.
        guard let exact else { return double != 0 && double == double.rounded() }
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
}
