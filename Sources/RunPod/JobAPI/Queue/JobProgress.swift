import Synchronization

/// The latest word of a job at work, as JSON text; safe to use from any thread.
final class JobProgress: Sendable {
    private let text = Mutex<[UInt8]?>(nil)

    /// Nil: it has said nothing.
    var latest: [UInt8]? {
        get { text.withLock { $0 } }
        set { text.withLock { $0 = newValue } }
    }
}
