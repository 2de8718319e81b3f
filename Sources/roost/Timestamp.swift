import Glibc

/// A time to the second.
struct Timestamp {
    /// Seconds since the beginning of 1970, leap seconds not counted.
    let seconds: Int64

    static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC, such as 2026-07-28T09:30:00Z.
    var description: String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let date = [Int(parts.tm_year) + 1_900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
        let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Int($0) }
        return date.map(Self.padded).joined(separator: "-") + "T"
            + time.map(Self.padded).joined(separator: ":") + "Z"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
