/// The words inside of names that programs use: DatabaseQueue is about databases and queues.
enum IdentifierWords {
    /// The parts of every name in a text that has several, each once, in lower case.
    static func parts(of text: String) -> [String] {
        var seen: Set<String> = []
        var result: [String] = []
        for name in names(in: text) {
            for part in split(name) where part.utf8.count > 1 && seen.insert(part).inserted {
                result.append(part)
            }
        }
        return result
    }

    /// Names with a capital letter behind a small one, or two before a small one.
    private static func names(in text: String) -> [Substring.UTF8View] {
        text.utf8.split { !isLetter($0) && !isDigit($0) }.filter { name in
            guard name.count > 3 else { return false }
            return name.dropFirst().contains(where: isCapital) && name.contains(where: isSmall)
        }
    }

    /// `HTTPServerBase` becomes http, server, base.
    static func split(_ name: some BidirectionalCollection<UInt8>) -> [String] {
        let bytes = Array(name)
        var parts: [String] = []
        var start = 0
        for place in bytes.indices.dropFirst() {
            let isBorder =
                isCapital(bytes[place])
                && (!isCapital(bytes[place - 1])
                    || (place + 1 < bytes.count && isSmall(bytes[place + 1])))
            if isBorder {
                parts.append(String(decoding: bytes[start..<place], as: UTF8.self).lowercased())
                start = place
            }
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self).lowercased())
        return parts.count > 1 ? parts : []
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isCapital(byte) || isSmall(byte) }
}
