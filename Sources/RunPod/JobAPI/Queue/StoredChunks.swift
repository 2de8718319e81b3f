/// How many chunks of a job may still be put into the store, as far as its only writer can tell.
///
/// The writer counts what it puts in. Readers take out without telling it: so the store is asked when that may be too much, and
/// while it is full not more often than once a second.
struct StoredChunks: Sendable {
    /// Between two questions to a full store.
    static let pause = Duration.seconds(1)

    let room: ChunkBuffer.Room
    private var count = 0
    private var bytes = 0
    private var asked: ContinuousClock.Instant?

    init(_ room: ChunkBuffer.Room) { self.room = room }

    /// True while another one may be put in.
    var hasRoom: Bool { count < room.chunks && bytes < room.bytes }

    /// True when the store may be asked.
    func mayAsk(at now: ContinuousClock.Instant) -> Bool { asked.map { now - $0 >= Self.pause } ?? true }

    /// A chunk was put in.
    mutating func added(_ chunk: [UInt8]) {
        count += 1
        bytes += chunk.count
    }

    /// What the store said when it was asked.
    mutating func found(_ count: Int, bytes: Int, at now: ContinuousClock.Instant) {
        self.count = count
        self.bytes = bytes
        asked = hasRoom ? nil : now
    }
}
