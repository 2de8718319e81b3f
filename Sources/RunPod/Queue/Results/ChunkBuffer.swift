import RoostJSON

/// Parts of a stream that wait for somebody slower, bounded by how many they are and by their bytes.
///
/// When there are too many the oldest go, and whoever reads finds in their place how many that were:
///
/// ```
/// {"roost_dropped": {"chunks": 12, "bytes": 3456, "reason": "…"}}
/// ```
/// Texts that follow one another may become one text, up to a size, and longer ones be cut: so a model's words do not cost a
/// request each. Other values stay what they are.
struct ChunkBuffer: Sendable {
    /// Parts that went because there were too many.
    struct Gap: Sendable, Hashable {
        var chunks = 0
        var bytes = 0
    }

    /// What comes out.
    enum Entry: Sendable, Hashable {
        case value([UInt8])
        case gap(Gap)
    }

    /// What may wait at once.
    struct Room: Sendable, Hashable {
        var chunks = 10_000
        var bytes = 16_000_000
    }

    /// Bytes of one text at most; nil: texts stay what they are, too.
    let limit: Int?
    let room: Room
    /// Everything that went so far.
    private(set) var dropped = Gap()
    private var entries: [Entry] = []
    private var start = 0
    private var waiting = Gap()

    private static let quote = UInt8(ascii: "\"")

    /// `limit`: bytes of one text at most; nil: texts are neither put together nor cut.
    init(limit: Int?, room: Room = Room()) {
        self.limit = limit
        self.room = room
    }

    var isEmpty: Bool { start == entries.count }

    /// Adds a value as JSON text.
    mutating func append(_ value: [UInt8]) {
        guard let limit, Self.isText(value) else { return add(value) }
        if let length = lengthOfLastText, length + value.count - 2 <= limit,
            case .value(var text)? = entries.popLast()
        {
            text.removeLast()
            text += value.dropFirst()
            waiting.bytes += text.count - length
            entries.append(.value(text))
            return makeRoom()
        }
        for piece in Self.pieces(value, limit) { add(piece) }
    }

    /// Adds what another buffer gave.
    mutating func append(_ entry: Entry) {
        switch entry {
        case .value(let value): append(value)
        case .gap(let gap):
            dropped.chunks += gap.chunks
            dropped.bytes += gap.bytes
            if case .gap(let last)? = isEmpty ? nil : entries.last {
                entries.removeLast()
                entries.append(.gap(Gap(chunks: last.chunks + gap.chunks, bytes: last.bytes + gap.bytes)))
            } else {
                entries.append(entry)
            }
        }
    }

    /// Takes the next value, or the news of some that went; nil: there is none.
    mutating func nextEntry() -> Entry? {
        guard start < entries.count else { return nil }
        defer {
            entries[start] = .gap(Gap())
            start += 1
            // What was taken is let go of now and then, not each time.
            if start == entries.count || start >= 1_024, start * 2 >= entries.count {
                entries.removeFirst(start)
                start = 0
            }
        }
        if case .value(let value) = entries[start] {
            waiting.chunks -= 1
            waiting.bytes -= value.count
        }
        return entries[start]
    }

    /// The same as JSON text.
    mutating func next() -> [UInt8]? { nextEntry().map { $0.text(room) } }

    /// Nil: the last value is none, or was taken.
    private var lengthOfLastText: Int? {
        guard !isEmpty, case .value(let last)? = entries.last, Self.isText(last) else { return nil }
        return last.count
    }

    private mutating func add(_ value: [UInt8]) {
        entries.append(.value(value))
        waiting.chunks += 1
        waiting.bytes += value.count
        makeRoom()
    }

    /// Drops the oldest values; the newest stays, however long.
    private mutating func makeRoom() {
        var gap = Gap()
        while waiting.chunks > 1, waiting.chunks > room.chunks || waiting.bytes > room.bytes {
            switch nextEntry() {
            case .value(let value):
                gap.chunks += 1
                gap.bytes += value.count
                dropped.chunks += 1
                dropped.bytes += value.count
            case .gap(let earlier):
                gap.chunks += earlier.chunks
                gap.bytes += earlier.bytes
            case nil: return
            }
        }
        guard gap.chunks > 0 else { return }
        // What went right before them is told with them.
        if case .gap(let later)? = isEmpty ? nil : entries[start] {
            gap.chunks += later.chunks
            gap.bytes += later.bytes
            entries[start] = .gap(gap)
        } else if start > 0 {
            start -= 1
            entries[start] = .gap(gap)
        } else {
            entries.insert(.gap(gap), at: 0)
        }
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

extension ChunkBuffer.Entry {
    /// The value, or what stands in the place of those that went.
    func text(_ room: ChunkBuffer.Room) -> [UInt8] {
        switch self {
        case .value(let value): return value
        case .gap(let gap):
            let reason =
                "more than \(room.chunks) parts or \(room.bytes) bytes waited to be read, and the oldest went"
            return JSONValue.object([
                "roost_dropped": [
                    "chunks": .integer(Int64(gap.chunks)), "bytes": .integer(Int64(gap.bytes)),
                    "reason": .string(reason),
                ]
            ]).bytes
        }
    }
}
