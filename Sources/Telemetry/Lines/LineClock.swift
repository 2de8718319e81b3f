/// The times of lines as text: what is the same within a second is written once.
struct LineClock {
    private var second = Int64.min
    private var prefix = ""

    /// ISO 8601 in UTC with milliseconds, of nanoseconds of the Unix epoch.
    mutating func text(_ nanoseconds: Int64) -> String {
        let now = nanoseconds / 1_000_000_000
        if now != second {
            second = now
            prefix = String(WallClock.text(nanoseconds).dropLast(4))
        }
        let milliseconds = Int(nanoseconds / 1_000_000 % 1_000)
        var text = prefix
        text.reserveCapacity(prefix.utf8.count + 4)
        for digit in [milliseconds / 100, milliseconds / 10 % 10, milliseconds % 10] {
            text.unicodeScalars.append(Unicode.Scalar(UInt8(0x30 + digit)))
        }
        text.unicodeScalars.append("Z")
        return text
    }
}
