/// How much of a stream may be on its way to somebody who has not said that it is done with it.
struct HTTPWindow: Sendable {
    /// What comes, or may be written, unasked: 256 KiB.
    static let size = 256 << 10
    /// No piece is longer, so that a long body leaves room for others on its way: 64 KiB.
    static let piece = 64 << 10

    /// Bytes that may still go.
    private(set) var room = Self.size

    var isOpen: Bool { room > 0 }

    /// Bytes went; one piece may go beyond the room.
    mutating func sent(_ count: Int) { room -= count }

    /// Bytes are done with.
    ///
    /// Nobody gets more room than there was at first. True: it is worth going on, because half of it is free.
    mutating func consumed(_ count: Int) -> Bool {
        let before = room
        room = min(Self.size, room + max(0, count))
        return before < Self.size / 2 && room >= Self.size / 2
    }
}
