/// Times as host.yaml writes them: a whole number and a unit.
enum DurationText {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// Nil when the text is no such time, or one of more than ten thousand days.
    static func read(_ text: String) -> Duration? {
        for unit in units where text.hasSuffix(unit.suffix) {
            let digits = text.dropLast(unit.suffix.count)
            guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int64(digits), number <= 864_000_000_000 / unit.milliseconds
            else { continue }
            return .milliseconds(number * unit.milliseconds)
        }
        return nil
    }

    /// The words people use: "less than a second", "42 seconds", "5 minutes", "3 hours", "2 days".
    static func words(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        func count(_ number: Int64, _ unit: String) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
        switch seconds {
        case ..<1: return "less than a second"
        case ..<120: return count(seconds, "second")
        case ..<7200: return count(seconds / 60, "minute")
        case ..<172_800: return count(seconds / 3600, "hour")
        default: return count(seconds / 86_400, "day")
        }
    }
}
