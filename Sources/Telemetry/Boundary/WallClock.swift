import Glibc

/// The time of day.
package enum WallClock {
    /// Nanoseconds since the beginning of 1970.
    package static var nanoseconds: Int64 {
        var time = timespec()
        // Invariant: the clock is there on every Linux, and the structure is ours.
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// ISO 8601 in UTC with milliseconds, such as 2026-07-28T09:30:00.250Z.
    package static func text(_ nanoseconds: Int64) -> String {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        let milliseconds = nanoseconds / 1_000_000 % 1_000
        var parts = tm()
        // Invariant: both structures are ours, and gmtime_r keeps neither.
        gmtime_r(&seconds, &parts)
        let date = "\(parts.tm_year + 1_900)-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let time = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(date)T\(time).\(padded(milliseconds, 3))Z"
    }

    private static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
