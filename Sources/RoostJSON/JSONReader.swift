/// Turns bytes into nodes in one pass, without recursion.
struct JSONReader {
    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var offset = 0
    private var nodes: [JSONNode] = []
    /// Indices of the arrays and objects that are still open, outermost first.
    private var open: [Int] = []

    init(bytes: [UInt8], depth: Int) {
        self.bytes = bytes
        maximumDepth = depth
        nodes.reserveCapacity(min(bytes.count / 8 + 4, 1 << 16))
    }

    mutating func read() throws(JSONError) -> [JSONNode] {
        guard bytes.count < Int(UInt32.max) else {
            throw JSONError(offset: 0, reason: "a text of 4 GiB or more cannot be read")
        }
        skipBlanks()
        try readValue()
        while let container = open.last {
            if nodes[container].kind == .object {
                try continueObject(container)
            } else {
                try continueArray(container)
            }
        }
        skipBlanks()
        guard offset == bytes.count else { throw unexpected("the end of the text") }
        return nodes
    }

    // MARK: Containers

    private mutating func continueObject(_ container: Int) throws(JSONError) {
        skipBlanks()
        if peek == UInt8(ascii: "}") { return try close(container) }
        if nodes[container].count > 0 { try take(UInt8(ascii: ","), or: "',' or '}'") }
        skipBlanks()
        guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        try readString()
        skipBlanks()
        try take(UInt8(ascii: ":"), or: "':'")
        skipBlanks()
        nodes[container].count += 1
        try readValue()
    }

    private mutating func continueArray(_ container: Int) throws(JSONError) {
        skipBlanks()
        if peek == UInt8(ascii: "]") { return try close(container) }
        if nodes[container].count > 0 {
            try take(UInt8(ascii: ","), or: "',' or ']'")
            skipBlanks()
        }
        nodes[container].count += 1
        try readValue()
    }

    private mutating func begin(_ kind: JSONKind) throws(JSONError) {
        guard open.count < maximumDepth else {
            throw JSONError(offset: offset, reason: "nested deeper than \(maximumDepth) levels")
        }
        open.append(nodes.count)
        append(kind, from: offset, to: offset)
        offset += 1
    }

    private mutating func close(_ container: Int) throws(JSONError) {
        offset += 1
        nodes[container].end = UInt32(offset)
        nodes[container].next = UInt32(nodes.count)
        open.removeLast()
        if nodes[container].kind == .object, nodes[container].count > 1 {
            try refuseDuplicates(in: container)
        }
    }

    /// A few plain keys are compared with each other where they stand; many or escaped ones go through a set.
    private func refuseDuplicates(in container: Int) throws(JSONError) {
        let end = Int(nodes[container].next)
        guard nodes[container].count <= 12, !hasEscapedKey(from: container + 1, to: end) else {
            return try refuseDuplicates(amongManyFrom: container + 1, to: end)
        }
        var later = Int(nodes[container + 2].next)
        while later < end {
            var earlier = container + 1
            while earlier < later {
                if sameText(earlier, later) { throw duplicate(later) }
                earlier = Int(nodes[earlier + 1].next)
            }
            later = Int(nodes[later + 1].next)
        }
    }

    private func hasEscapedKey(from start: Int, to end: Int) -> Bool {
        var key = start
        while key < end {
            if nodes[key].isEscaped { return true }
            key = Int(nodes[key + 1].next)
        }
        return false
    }

    private func refuseDuplicates(amongManyFrom start: Int, to end: Int) throws(JSONError) {
        var seen = Set<[UInt8]>()
        var key = start
        while key < end {
            guard seen.insert(decoded(key)).inserted else { throw duplicate(key) }
            key = Int(nodes[key + 1].next)
        }
    }

    private func sameText(_ first: Int, _ second: Int) -> Bool {
        let a = nodes[first], b = nodes[second]
        guard a.end - a.start == b.end - b.start else { return false }
        var i = Int(a.start), j = Int(b.start)
        while i < Int(a.end) {
            guard bytes[i] == bytes[j] else { return false }
            i += 1
            j += 1
        }
        return true
    }

    private func decoded(_ key: Int) -> [UInt8] {
        let node = nodes[key]
        let text = bytes[(Int(node.start) + 1)..<(Int(node.end) - 1)]
        return node.isEscaped ? Array(JSONText.unescape(text).utf8) : Array(text)
    }

    private func duplicate(_ key: Int) -> JSONError {
        let name = String(decoding: decoded(key).prefix(64), as: UTF8.self)
        return JSONError(
            offset: Int(nodes[key].start),
            reason: "the key \"\(name)\" stands twice in one object"
        )
    }

    // MARK: Values

    private mutating func readValue() throws(JSONError) {
        switch peek ?? 0 {
        case UInt8(ascii: "{"): try begin(.object)
        case UInt8(ascii: "["): try begin(.array)
        case UInt8(ascii: "\""): try readString()
        case UInt8(ascii: "t"): try readWord("true", .bool)
        case UInt8(ascii: "f"): try readWord("false", .bool)
        case UInt8(ascii: "n"): try readWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
        default: throw unexpected("a JSON value")
        }
    }

    private mutating func readWord(_ word: StaticString, _ kind: JSONKind) throws(JSONError) {
        let start = offset
        for byte in word.description.utf8 {
            guard peek == byte else { throw unexpected("'\(word)'") }
            offset += 1
        }
        append(kind, from: start, to: offset)
    }

    private mutating func readNumber() throws(JSONError) {
        let start = offset
        if peek == UInt8(ascii: "-") { offset += 1 }
        if peek == UInt8(ascii: "0") {
            offset += 1
        } else {
            try readDigits()
        }
        if peek == UInt8(ascii: ".") {
            offset += 1
            try readDigits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try readDigits()
        }
        append(.number, from: start, to: offset)
    }

    private mutating func readDigits() throws(JSONError) {
        guard let first = peek, JSONText.isDigit(first) else { throw unexpected("a digit") }
        // Loops run on a local place: one that lives in self would be stored for every byte.
        var place = offset + 1
        while place < bytes.count, JSONText.isDigit(bytes[place]) { place += 1 }
        offset = place
    }

    private mutating func readString() throws(JSONError) {
        let start = offset
        var isEscaped = false
        offset += 1
        while true {
            skipPlainText()
            guard let byte = peek else { throw unexpected("'\"' at the end of a string") }
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                append(.string, from: start, to: offset)
                nodes[nodes.count - 1].isEscaped = isEscaped
                return
            case UInt8(ascii: "\\"):
                isEscaped = true
                try readEscape()
            case 0..<0x20:
                throw JSONError(
                    offset: offset,
                    reason: "a control character in a string must be written as \\u00xx or a short escape"
                )
            default:
                try readMultibyte(byte)
            }
        }
    }

    private mutating func readEscape() throws(JSONError) {
        offset += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case UInt8(ascii: "u"):
            offset += 1
            for _ in 0..<4 {
                guard let digit = peek, JSONText.hexValue(digit) != nil else {
                    throw unexpected("four hex digits after \\u")
                }
                offset += 1
            }
        default: throw unexpected("one of \" \\ / b f n r t u after a backslash")
        }
    }

    /// Accepts exactly the byte sequences of RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF.
    private mutating func readMultibyte(_ lead: UInt8) throws(JSONError) {
        let start = offset
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONError(offset: start, reason: "invalid UTF-8")
        }
        guard start + length <= bytes.count, second.contains(bytes[start + 1]) else {
            throw JSONError(offset: start, reason: "invalid UTF-8")
        }
        for place in 2..<max(length, 2) where !(0x80...0xBF).contains(bytes[start + place]) {
            throw JSONError(offset: start, reason: "invalid UTF-8")
        }
        offset += length
    }

    // MARK: Steps

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipBlanks() {
        var place = offset
        while place < bytes.count {
            let byte = bytes[place]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            place += 1
        }
        offset = place
    }

    /// Goes on to the next byte of a string that is not plain ASCII.
    private mutating func skipPlainText() {
        var place = offset
        while place < bytes.count {
            let byte = bytes[place]
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
                break
            }
            place += 1
        }
        offset = place
    }

    private mutating func take(_ byte: UInt8, or expectation: String) throws(JSONError) {
        guard peek == byte else { throw unexpected(expectation) }
        offset += 1
    }

    private mutating func append(_ kind: JSONKind, from start: Int, to end: Int) {
        nodes.append(
            JSONNode(
                kind: kind,
                start: UInt32(start),
                end: UInt32(end),
                next: UInt32(nodes.count + 1),
                count: 0
            )
        )
    }

    private func unexpected(_ expectation: String) -> JSONError {
        guard let byte = peek else {
            return JSONError(offset: offset, reason: "expected \(expectation), found the end of the text")
        }
        let found =
            (0x21..<0x7F).contains(byte)
            ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
        return JSONError(offset: offset, reason: "expected \(expectation), found \(found)")
    }
}
