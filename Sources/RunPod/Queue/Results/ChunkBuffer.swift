/// Parts of a stream that wait to be posted, put together as far as that changes nothing for whoever reads them.
///
/// Texts that follow one another become one text, up to the size of one post, and longer ones are cut; other values stay what
/// they are, one post for each. So a model's words do not cost a request each.
struct ChunkBuffer: Sendable {
    /// Bytes of one value at most; a longer one that is no text is given as it is.
    let limit: Int
    private var values: [[UInt8]] = []
    private var start = 0

    private static let quote = UInt8(ascii: "\"")

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { start == values.count }

    /// Adds a value as JSON text.
    mutating func append(_ value: [UInt8]) {
        guard Self.isText(value) else { return values.append(value) }
        if !isEmpty, let last = values.last, Self.isText(last), last.count + value.count - 2 <= limit {
            values[values.count - 1].removeLast()
            values[values.count - 1] += value.dropFirst()
            return
        }
        for piece in Self.pieces(value, limit) { values.append(piece) }
    }

    /// Takes the next value; nil: there is none.
    mutating func next() -> [UInt8]? {
        guard start < values.count else { return nil }
        defer {
            values[start] = []
            start += 1
            if start == values.count {
                values = []
                start = 0
            }
        }
        return values[start]
    }

    private static func isText(_ value: [UInt8]) -> Bool {
        value.count >= 2 && value.first == quote && value.last == quote
    }

    /// Cuts a text between characters and between escapes.
    private static func pieces(_ value: [UInt8], _ limit: Int) -> [[UInt8]] {
        guard value.count > limit else { return [value] }
        let room = max(limit - 2, 16)
        var pieces: [[UInt8]] = []
        var piece: [UInt8] = [quote]
        var place = 1
        while place < value.count - 1 {
            let unit = unitLength(value, place)
            if piece.count - 1 + unit > room {
                pieces.append(piece + [quote])
                piece = [quote]
            }
            piece += value[place..<min(place + unit, value.count - 1)]
            place += unit
        }
        return pieces + [piece + [quote]]
    }

    /// Bytes from here that must stay together: a character, an escape, or two escapes that make one character.
    private static func unitLength(_ value: [UInt8], _ place: Int) -> Int {
        let byte = value[place]
        if byte == UInt8(ascii: "\\") {
            guard place + 1 < value.count, value[place + 1] == UInt8(ascii: "u") else { return 2 }
            let isHighSurrogate =
                place + 3 < value.count && (value[place + 2] | 0x20) == UInt8(ascii: "d")
                && "89abAB".utf8.contains(value[place + 3])
            return isHighSurrogate ? 12 : 6
        }
        if byte < 0x80 { return 1 }
        return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    }
}
