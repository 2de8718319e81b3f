import Synchronization

/// The events of one stream of a legacy session, kept so that a client that lost its connection can read on.
///
/// ```
/// append ──> kept events ──> the connection that is attached, if any
///                 └────────> replayed after Last-Event-ID when another one attaches
/// ```
package final class ResumableStream: Sendable {
    /// One message with its place in the stream.
    package struct Event: Sendable {
        /// Unique in the session: `<stream>_<number>`.
        package var id: String
        package var message: [UInt8]
    }

    /// Writes events to a connection.
    ///
    /// Functions may come on any thread and must not block.
    package protocol Output: AnyObject, Sendable {
        func write(_ event: Event)
        /// The last event was written.
        func end()
    }

    package let name: String
    private let state = Mutex(State())

    private struct State {
        var events: [(number: Int, event: Event)] = []
        var bytes = 0
        var next = 1
        var isFinished = false
        var output: (any Output)?
        /// The last event that was written to a connection.
        var delivered = 0
    }

    /// What is kept at the most; older events are forgotten first.
    private static let maximumEvents = 1_000
    private static let maximumBytes = 4 << 20

    package init(name: String) { self.name = name }

    /// The id of the empty event that opens a stream, before any message.
    package var openingID: String { "\(name)_0" }

    package var isFinished: Bool { state.withLock { $0.isFinished } }

    /// True while a connection reads along.
    package var isAttached: Bool { state.withLock { $0.output != nil } }

    /// Keeps a message and passes it to whoever is attached.
    package func append(_ message: [UInt8]) {
        // Written inside the lock, so that a replay and a live event cannot overtake each other. Outputs do not block.
        state.withLock { state in
            let event = Event(id: "\(name)_\(state.next)", message: message)
            state.events.append((state.next, event))
            state.next += 1
            state.bytes += message.count
            while state.events.count > Self.maximumEvents
                || (state.bytes > Self.maximumBytes && state.events.count > 1)
            {
                state.bytes -= state.events.removeFirst().event.message.count
            }
            guard let output = state.output else { return }
            output.write(event)
            state.delivered = state.next - 1
        }
    }

    /// No more messages will come.
    package func finish() {
        state.withLock { state in
            state.isFinished = true
            state.output?.end()
            state.output = nil
        }
    }

    /// Sends what came after event `number`, then everything that follows.
    ///
    /// A connection attached before is let go.
    ///
    /// `number`: nil: after the last event that any connection was sent.
    package func attach(_ output: any Output, after number: Int?) {
        state.withLock { state in
            let before = state.output
            state.output = nil
            before?.end()
            let start = number ?? state.delivered
            for kept in state.events where kept.number > start { output.write(kept.event) }
            state.delivered = max(state.delivered, state.next - 1)
            if state.isFinished { output.end() } else { state.output = output }
        }
    }

    /// Lets a connection go that is closed; the stream goes on without it.
    package func detach(_ output: any Output) {
        state.withLock { state in
            if state.output === output { state.output = nil }
        }
    }
}
