/// The times of lines as text: what is the same within a second, and within a millisecond, is written once.
struct LineClock {
    private var second = Int64.min
    private var prefix = ""
    private var millisecond = Int64.min
    private var last = ""

    /// ISO 8601 in UTC with milliseconds, of nanoseconds of the Unix epoch.
    mutating func text(_ nanoseconds: Int64) -> String {
        let now = nanoseconds / 1_000_000
        guard now != millisecond else { return last }
        if now / 1_000 != second {
            second = now / 1_000
            prefix = String(WallClock.text(nanoseconds).dropLast(4))
        }
        let digits = Int(now % 1_000)
        var text = prefix
        text.reserveCapacity(prefix.utf8.count + 4)
        for digit in [digits / 100, digits / 10 % 10, digits % 10] {
            text.unicodeScalars.append(Unicode.Scalar(UInt8(0x30 + digit)))
        }
        text.unicodeScalars.append("Z")
        millisecond = now
        last = text
        return text
    }
}
