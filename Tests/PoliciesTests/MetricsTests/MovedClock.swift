import Synchronization

/// A clock that stands until a test moves it.
final class MovedClock: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { instant.withLock { $0 } }

    func move(by duration: Duration) { instant.withLock { $0 += duration } }
}
