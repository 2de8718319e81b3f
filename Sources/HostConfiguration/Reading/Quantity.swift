/// Amounts with a unit: durations and byte sizes.
package enum Quantity {
    /// `100ms`, `30s`, `1.5m`, `2h` or `7d`; nil for anything else.
    package static func duration(_ text: String) -> Duration? {
        let milliseconds: [(String, Double)] = [
            ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        return amount(text, milliseconds).map { Duration.milliseconds($0) }
    }

    /// `512`, `30MB` (powers of 1000) or `512MiB` (powers of 1024), in bytes; nil for anything else.
    static func bytes(_ text: String) -> Int? {
        let units: [(String, Double)] = [
            ("", 1), ("B", 1), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("KiB", 1_024),
            ("MiB", 1_048_576),
            ("GiB", 1_073_741_824),
        ]
        return amount(text, units)
    }

    /// `10/s`, `600/m` or `5/10s`; nil for anything else.
    static func rate(_ text: String) -> (count: Int, window: Duration)? {
        let parts = text.filter { $0 != " " }.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count) else { return nil }
        let hasNumber = parts[1].first?.isNumber ?? false
        guard let window = duration(hasNumber ? String(parts[1]) : "1\(parts[1])"), window > .zero else {
            return nil
        }
        return (count, window)
    }

    private static func amount(_ text: String, _ units: [(String, Double)]) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let scale = units.first(where: { $0.0 == unit })?.1, digits.last != ".", digits.first != ".",
            let number = Double(digits)
        else { return nil }
        return Int(exactly: (number * scale).rounded())
    }
}
