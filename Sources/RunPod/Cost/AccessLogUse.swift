package import RoostJSON

/// Reads what servers did from lines of the host's access log (Documentation/AccessLog.md).
package enum AccessLogUse {
    /// The span of a line; nil for a line that tells of no call.
    ///
    /// Calls the cache answered and calls that were refused cost a worker too: somebody waited for them.
    package static func span(_ line: JSONValue) -> UsedSpan? {
        guard line["event"]?.string == "call", let server = line["plugin"]?.string,
            let time = line["time"]?.string.flatMap(seconds), let duration = line["duration_ms"]?.double
        else { return nil }
        return UsedSpan(server: server, begin: time - duration / 1_000, end: time)
    }

    /// Seconds since the beginning of 1970 of a time such as 2026-07-28T09:30:00.250Z; nil for anything else.
    package static func seconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T") else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            (1...12).contains(month),
            let hour = number(11..<13), let minute = number(14..<16),
            let second = Double(String(decoding: bytes[17..<(bytes.count - 1)], as: UTF8.self))
        else { return nil }
        // Days from civil: years begin in March, so that the leap day is the last of its year.
        let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468
        return Double(days * 86_400 + hour * 3_600 + minute * 60) + second
    }
}
