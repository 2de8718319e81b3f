/// Gathers spans into batches and sees them through to the collector: a pure state machine.
///
/// ```
/// add ──> waiting ──┬─ enough, or the timer ──> one batch under way ──┬─ accepted ──> the next
///           │       └─ few: set the timer                            ├─ try later ──> again, a few times
///           └─ full: dropped                                         └─ refused  ──> lost
/// ```
struct SpanBatcher: Sendable {
    /// What the caller has to do.
    enum Step: Sendable {
        case nothing
        /// Call ``timerFired()`` when this has passed.
        case arm(Duration)
        /// Send these, then call ``accepted()``, ``refused()`` or ``unreachable()``.
        case send([Span])
        /// Call ``retry()`` when this has passed.
        case waitForRetry(Duration)
    }

    /// How much, and how patiently.
    struct Limits: Sendable {
        /// Spans that wait at most.
        var capacity = 4_096
        var batch = 512
        /// How long a span waits for others.
        var linger = Duration.seconds(2)
        /// Tries of one batch, the first one included.
        var tries = 4
        /// Before the second try; doubles.
        var pause = Duration.seconds(1)
    }

    private let limits: Limits
    private var waiting: [Span] = []
    private var underWay: [Span] = []
    private var tries = 0
    private var isArmed = false
    private var isDraining = false
    /// Spans that never got to the collector.
    private(set) var lost: Int64 = 0
    private(set) var exported: Int64 = 0

    init(_ limits: Limits = Limits()) { self.limits = limits }

    /// True when nothing waits and nothing is under way.
    var isEmpty: Bool { waiting.isEmpty && underWay.isEmpty }

    mutating func add(_ spans: [Span]) -> Step {
        let room = limits.capacity - waiting.count
        waiting.append(contentsOf: spans.prefix(room))
        lost += Int64(max(0, spans.count - room))
        return next()
    }

    mutating func timerFired() -> Step {
        isArmed = false
        return next(whatever: true)
    }

    mutating func accepted() -> Step {
        exported += Int64(underWay.count)
        return settle()
    }

    /// The collector will never take the batch.
    mutating func refused() -> Step {
        lost += Int64(underWay.count)
        return settle()
    }

    /// The collector did not answer, or asked for patience.
    mutating func unreachable() -> Step {
        guard tries < limits.tries, !isDraining else { return refused() }
        return .waitForRetry(limits.pause * (1 << (tries - 1)))
    }

    mutating func retry() -> Step {
        // Drained meanwhile: the batch was given up.
        guard !underWay.isEmpty else { return .nothing }
        tries += 1
        return .send(underWay)
    }

    /// Sends what is there without waiting for more; from now on a batch has one try.
    mutating func drain() -> Step {
        isDraining = true
        return next()
    }

    private mutating func settle() -> Step {
        underWay = []
        return next()
    }

    private mutating func next(whatever: Bool = false) -> Step {
        guard underWay.isEmpty, !waiting.isEmpty else { return .nothing }
        guard waiting.count >= limits.batch || whatever || isDraining else {
            guard !isArmed else { return .nothing }
            isArmed = true
            return .arm(limits.linger)
        }
        underWay = Array(waiting.prefix(limits.batch))
        waiting.removeFirst(underWay.count)
        tries = 1
        return .send(underWay)
    }
}
