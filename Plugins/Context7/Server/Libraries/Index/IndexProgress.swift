import Synchronization

/// How far the indexing of each edition is, for those who wait for it.
final class IndexProgress: Sendable {
    /// One edition's state.
    struct Edition: Sendable, Equatable {
        var done = 0
        var total = 0
        /// It can be asked: everything that was there at the last look is in the index.
        var isReady = false
        /// Why it cannot be read; nil: it can.
        var fault: String?
    }

    /// Names an edition in the config.
    struct Key: Sendable, Hashable {
        var library: String
        var version: String?
    }

    private struct State {
        var editions: [Key: Edition] = [:]
        var listeners: [UInt64: AsyncStream<Void>.Continuation] = [:]
        var next: UInt64 = 0
    }

    private let state = Mutex(State())

    subscript(_ key: Key) -> Edition { state.withLock { $0.editions[key] ?? Edition() } }

    /// Changes one edition's state and tells those who wait.
    func update(_ key: Key, _ change: (inout Edition) -> Void) {
        let listeners = state.withLock { state -> [AsyncStream<Void>.Continuation] in
            change(&state.editions[key, default: Edition()])
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield() }
    }

    /// Waits until an edition can be asked or is known to be unreadable, and gives its state then.
    ///
    /// It is not ready when `deadline` passed before, or the task was cancelled. `report` is told now and then how far it is.
    func wait(
        for key: Key,
        until deadline: ContinuousClock.Instant,
        report: (Edition) -> Void
    ) async -> Edition {
        if self[key].isReady || self[key].fault != nil { return self[key] }
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state -> UInt64 in
            state.next += 1
            state.listeners[state.next] = continuation
            return state.next
        }
        defer { state.withLock { $0.listeners[number] = nil } }
        let alarm = Task {
            try? await Task.sleep(until: deadline)
            continuation.finish()
        }
        defer { alarm.cancel() }
        continuation.yield()
        for await _ in stream {
            let edition = self[key]
            if edition.isReady || edition.fault != nil { return edition }
            report(edition)
        }
        return self[key]
    }
}
