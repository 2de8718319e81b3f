/// The formats that can be asserted; all others are annotations.
enum SchemaFormat: String, Sendable {
    case email, uri, date, dateTime = "date-time", uuid, ipv4, ipv6

    /// What the value must be, for a sentence.
    var sentence: String {
        switch self {
        case .email: "an e-mail address"
        case .uri: "an absolute URI"
        case .date: "a date such as 2026-07-28"
        case .dateTime: "a date and time such as 2026-07-28T10:00:00Z"
        case .uuid: "a UUID"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        }
    }

    /// True when the text has this format.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .email: Self.isEmail(text)
        case .uri: Self.isURI(text)
        case .date: Self.isDate(text[...])
        case .dateTime: Self.isDateTime(text)
        case .uuid: Self.isUUID(text)
        case .ipv4: Self.isIPv4(text[...])
        case .ipv6: Self.isIPv6(text)
        }
    }

    private static func isEmail(_ text: String) -> Bool {
        guard let mark = text.lastIndex(of: "@") else { return false }
        let local = text[..<mark], domain = text[text.index(after: mark)...]
        guard !local.isEmpty, local.utf8.count <= 64, !local.hasPrefix("."), !local.hasSuffix("."),
            !local.contains(".."),
            local.utf8.allSatisfy({ isWord($0) || $0 >= 0x80 || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) })
        else { return false }
        return domain.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") || $0 >= 0x80 }
        }
    }

    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = text.utf8[..<colon]
        guard let first = scheme.first, isLetter(first),
            scheme.allSatisfy({ isWord($0) || "+-.".utf8.contains($0) })
        else { return false }
        var rest = text.utf8[text.utf8.index(after: colon)...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst(), let low = rest.popFirst(), isHexadecimal(high),
                    isHexadecimal(low)
                else { return false }
            } else if !isWord(byte), !"-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte) {
                return false
            }
        }
        return true
    }

    private static func isDate(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = digits(parts[0], 4), let month = digits(parts[1], 2),
            let day = digits(parts[2], 2), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private static func isDateTime(_ text: String) -> Bool {
        guard text.utf8.count >= 20, text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        let mark = text.index(text.startIndex, offsetBy: 10)
        guard isDate(text[..<mark]), text[mark] == "T" || text[mark] == "t" else { return false }
        var time = text[text.index(after: mark)...]
        let zone: Substring
        if let last = time.last, last == "Z" || last == "z" {
            zone = "+00:00"
            time = time.dropLast()
        } else {
            zone = time.suffix(6)
            time = time.dropLast(6)
        }
        let halves = time.split(separator: ".", omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, parts.count == 3, let hour = digits(parts[0], 2),
            let minute = digits(parts[1], 2),
            let second = digits(parts[2], 2), hour < 24, minute < 60, second <= 60,
            halves.count == 1 || digits(halves[1], nil) != nil
        else { return false }
        let offset = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard zone.first == "+" || zone.first == "-", offset.count == 2, let hours = digits(offset[0], 2),
            let minutes = digits(offset[1], 2), hours < 24, minutes < 60
        else { return false }
        guard second == 60 else { return true }
        // A leap second is the last one of a day in UTC.
        let shift = (hours * 60 + minutes) * (zone.first == "-" ? 1 : -1)
        return (hour * 60 + minute + shift + 2880) % 1440 == 1439
    }

    private static func isUUID(_ text: String) -> Bool {
        let lengths = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
        return lengths == [8, 4, 4, 4, 12]
            && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || isHexadecimal($0) }
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard (1...3).contains(part.utf8.count), let value = digits(part, nil), value < 256 else {
                    return false
                }
                return part.utf8.count == 1 || part.first != "0"
            }
    }

    private static func isIPv6(_ text: String) -> Bool {
        var groups = text.split(separator: ":", omittingEmptySubsequences: false)
        guard groups.count >= 3 else { return false }
        if groups[0].isEmpty {
            guard groups[1].isEmpty else { return false }
            groups.removeFirst()
        }
        if groups[groups.count - 1].isEmpty {
            guard groups[groups.count - 2].isEmpty else { return false }
            groups.removeLast()
        }
        var count = groups.count
        if let last = groups.last, last.contains(".") {
            guard isIPv4(last) else { return false }
            groups.removeLast()
            count += 1
        }
        let gaps = groups.count { $0.isEmpty }
        return (gaps == 1 ? count - 1 <= 7 : gaps == 0 && count == 8)
            && groups.allSatisfy { $0.utf8.count <= 4 && $0.utf8.allSatisfy(isHexadecimal) }
    }

    private static func digits(_ text: Substring, _ count: Int?) -> Int? {
        guard !text.isEmpty, count.map({ $0 == text.utf8.count }) ?? true,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text.prefix(18))
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
    private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }
    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
    }
}
