import Synchronization

/// A request body that is written while it is sent.
///
/// The writer keeps what it writes below the room it is told of, and hears when there is more; any thread.
package final class OutboundUpload: Sendable {
    private struct State {
        var pieces: [ArraySlice<UInt8>] = []
        var isFinished = false
        /// Asks the client to come for more.
        var wake: (@Sendable () -> Void)?
    }

    /// What the client finds when it comes.
    enum Next {
        case bytes(ArraySlice<UInt8>)
        case nothingYet
        case end
    }

    /// Bytes of the whole body; nil: not known, and sent in chunks.
    package let length: Int?
    private let state = Mutex(State())
    private let taken: @Sendable (Int) -> Void

    /// Makes a body; `taken` hears of bytes that left, on the client's thread.
    package init(length: Int?, taken: @escaping @Sendable (Int) -> Void) {
        self.length = length
        self.taken = taken
    }

    /// Adds a piece; ignored after the end.
    package func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let wake = state.withLock { state -> (@Sendable () -> Void)? in
            guard !state.isFinished else { return nil }
            state.pieces.append(bytes[...])
            return state.wake
        }
        wake?()
    }

    /// Says that nothing more comes.
    package func finish() {
        let wake = state.withLock { state in
            state.isFinished = true
            return state.wake
        }
        wake?()
    }

    func connect(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    /// The next bytes, at most so many.
    func next(_ limit: Int) -> Next {
        let next = state.withLock { state -> Next in
            guard let first = state.pieces.first else { return state.isFinished ? .end : .nothingYet }
            if first.count <= limit {
                state.pieces.removeFirst()
                return .bytes(first)
            }
            state.pieces[0] = first.dropFirst(limit)
            return .bytes(first.prefix(limit))
        }
        if case .bytes(let bytes) = next { taken(bytes.count) }
        return next
    }
}
