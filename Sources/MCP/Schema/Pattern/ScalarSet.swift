/// A set of Unicode scalars: ranges and Unicode properties, or everything but these.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var properties: [ScalarProperty] = []
    var isNegated = false

    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let words = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// White space and line ends of ECMA-262.
    static let blanks = ScalarSet(
        ranges: [
            0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
            0x202F...0x202F,
            0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
        ])
    /// What a dot matches.
    static let inLine = ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        for range in ranges where range.contains(scalar.value) { return !isNegated }
        for property in properties where property.matches(scalar) ?? false { return !isNegated }
        return isNegated
    }

    mutating func insert(_ scalar: Unicode.Scalar) { ranges.append(scalar.value...scalar.value) }

    /// Adds everything the other set lacks.
    mutating func insertComplement(of other: ScalarSet) {
        var next: UInt32 = 0
        for range in other.ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { ranges.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        ranges.append(next...0x10FFFF)
    }

    /// The set as Swift's Regex reads it.
    var swiftText: String {
        if ranges.isEmpty, properties.isEmpty { return isNegated ? #"[\s\S]"# : "(?!)" }
        let parts = ranges.map { range in
            let low = String(range.lowerBound, radix: 16), high = String(range.upperBound, radix: 16)
            return low == high ? "\\u{\(low)}" : "\\u{\(low)}-\\u{\(high)}"
        }
        return "[" + (isNegated ? "^" : "") + parts.joined() + properties.map(\.swiftText).joined() + "]"
    }
}
