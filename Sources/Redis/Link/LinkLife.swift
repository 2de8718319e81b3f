/// When a connection is made, is good, is lost, and made again: with pauses that grow and differ between hosts.
///
/// A pure state machine; the clock comes in as an argument.
///
/// ```
/// connecting ── greeted ──> ready ── lost ──> pausing ── paused ──> connecting …
///     └──────── lost ────────────────────────────^
/// ```
struct LinkLife: Sendable {
    enum Phase: Sendable, Equatable {
        case connecting
        case ready
        case pausing
        case closed
    }

    private(set) var phase = Phase.connecting
    /// Why the connection is not there; nil while it is, and before the first attempt has ended.
    private(set) var problem: String?
    /// Attempts that failed since the connection was last good.
    private(set) var failures = 0

    /// The pause before the first new attempt; each further one is twice as long.
    static let firstPause = Duration.milliseconds(20)
    /// No pause is longer.
    static let longestPause = Duration.seconds(2)

    /// True before the first attempt has ended: commands may wait for it, as nothing says yet that it fails.
    var isBeginning: Bool { phase == .connecting && problem == nil }

    /// Redis has answered the greeting.
    ///
    /// True when this is news: there was a problem before.
    mutating func greeted() -> Bool {
        guard phase == .connecting else { return false }
        defer { (problem, failures) = (nil, 0) }
        phase = .ready
        return problem != nil
    }

    /// What follows a loss.
    struct Loss: Sendable, Equatable {
        /// The pause until ``paused()``.
        var pause: Duration
        /// True when the connection was good, or this was the first attempt: worth a line in the log.
        var isNews: Bool
    }

    /// The attempt failed, or the connection broke.
    ///
    /// `jitter`, from 0 to 1, spreads hosts that lost Redis at the same moment. Nil when there is nothing to do.
    mutating func lost(_ reason: String, jitter: Double) -> Loss? {
        guard phase == .connecting || phase == .ready else { return nil }
        let isNews = problem == nil
        phase = .pausing
        problem = reason
        let doublings = min(failures, 10)
        failures += 1
        let whole = min(Self.firstPause * (1 << doublings), Self.longestPause)
        return Loss(pause: whole / 2 + whole * jitter / 2, isNews: isNews)
    }

    /// The pause is over: true when a connection is to be made now.
    mutating func paused() -> Bool {
        guard phase == .pausing else { return false }
        phase = .connecting
        return true
    }

    /// Nothing is made again.
    mutating func close() { phase = .closed }
}
