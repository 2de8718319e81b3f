import Glibc

/// A time to the second.
package struct Timestamp: Sendable, Hashable {
    /// Seconds since the beginning of 1970, leap seconds not counted.
    package let seconds: Int64

    package init(seconds: Int64) { self.seconds = seconds }

    package static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC, such as 2026-07-28T09:30:00Z.
    package var description: String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let date = [Int(parts.tm_year) + 1_900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
        let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Int($0) }
        return date.map(Self.padded).joined(separator: "-") + "T"
            + time.map(Self.padded).joined(separator: ":") + "Z"
    }

    /// The same without separators, such as 20260728T093000Z: sorts by time as a file's name.
    var compact: String { description.filter { $0 != "-" && $0 != ":" } }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
