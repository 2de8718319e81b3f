/// Days and times of the calendar, as RFC 3339 writes them, in UTC.
enum CalendarTime {
    /// `2027-01-31` (its first second) or `2027-01-31T12:00:00Z` as seconds of the Unix epoch; nil for anything else.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 || bytes.count == 20, let year = number(bytes, 0..<4),
            bytes[4] == UInt8(ascii: "-"),
            let month = number(bytes, 5..<7), bytes[7] == UInt8(ascii: "-"), let day = number(bytes, 8..<10),
            (1970...9999).contains(year), (1...12).contains(month),
            (1...days(in: month, of: year)).contains(day)
        else { return nil }
        let midnight = dayNumber(year, month, day) * 86_400
        guard bytes.count == 20 else { return midnight }
        guard bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "Z"), let hour = number(bytes, 11..<13),
            let minute = number(bytes, 14..<16),
            let second = number(bytes, 17..<19), hour < 24, minute < 60, second < 60
        else { return nil }
        return midnight + hour * 3_600 + minute * 60 + second
    }

    private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
        var value: Int64 = 0
        for byte in bytes[range] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month) - 1]
    }

    /// Days since 1 January 1970.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let before = (1970..<year).reduce(0 as Int64) { sum, year in
            sum + (days(in: 2, of: year) == 29 ? 366 : 365)
        }
        return before + (1..<month).reduce(0 as Int64) { $0 + days(in: $1, of: year) } + day - 1
    }
}
