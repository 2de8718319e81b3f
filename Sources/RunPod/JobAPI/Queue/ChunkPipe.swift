import Synchronization

/// The chunks of a job at work on their way to the store, from any thread; bounded, as ``ChunkBuffer`` says.
final class ChunkPipe: Sendable {
    /// One whenever something came, and in the end.
    let rings: AsyncStream<Void>
    private let ringing: AsyncStream<Void>.Continuation
    private let buffer: Mutex<ChunkBuffer>
    private let room: ChunkBuffer.Room

    init(_ room: ChunkBuffer.Room) {
        // One ring that nobody has heard yet is as good as many.
        (rings, ringing) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        buffer = Mutex(ChunkBuffer(limit: nil, room: room))
        self.room = room
    }

    /// What went because too much waited.
    var dropped: ChunkBuffer.Gap { buffer.withLock { $0.dropped } }

    func append(_ chunk: [UInt8]) {
        buffer.withLock { $0.append(chunk) }
        ring()
    }

    /// Takes the next chunk, or what stands in the place of those that went, as JSON text; nil: nothing waits.
    func next() -> [UInt8]? { buffer.withLock { $0.next() } }

    func ring() { ringing.yield() }

    /// Nothing more comes.
    func finish() { ringing.finish() }
}
