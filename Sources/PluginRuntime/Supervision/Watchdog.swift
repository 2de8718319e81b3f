/// Notices calls that a plugin holds although they should be over: it was asked for their end, and does not come back.
///
/// A pure state machine, one per plugin; the clock comes in as an argument.
///
/// ```
///   call passes its deadline, or is cancelled      the plugin completes it
///        │  watch                                       │  completed: forgotten
///        └───── deadline ───────── hang_grace ──────────┴──▶ check: hung
/// ```
struct Watchdog: Sendable {
    /// A call that is not given back.
    struct Call: Sendable, Equatable {
        var token: CallToken
        var generation: Generation
        var target: String
        /// When the plugin had to be through with it.
        var deadline: ContinuousClock.Instant
    }

    /// What a look at the watched calls came to.
    enum Verdict: Sendable, Equatable {
        /// Nothing is watched.
        case rest
        /// Look again at this moment.
        case look(at: ContinuousClock.Instant)
        /// The plugin hangs in these calls, which are not watched any more.
        case hung([Call])
    }

    /// How long a plugin may hold a call after its deadline.
    var grace: Duration
    private var calls: [CallToken: Call] = [:]

    init(grace: Duration) { self.grace = grace }

    /// The plugin was asked for an early end of a call that it has.
    ///
    /// When to look at the latest; nil when an earlier look is due anyway.
    mutating func watch(_ call: Call) -> ContinuousClock.Instant? {
        let earliest = next
        calls[call.token] = call
        let due = call.deadline.advanced(by: grace)
        if let earliest, earliest <= due { return nil }
        return due
    }

    /// The plugin gave a call back.
    mutating func completed(_ token: CallToken) {
        guard !calls.isEmpty else { return }
        calls[token] = nil
    }

    /// A generation is gone, and what it held with it.
    mutating func forget(_ generation: Generation) {
        calls = calls.filter { $0.value.generation != generation }
    }

    mutating func check(at now: ContinuousClock.Instant) -> Verdict {
        let hung = calls.values.filter { $0.deadline.advanced(by: grace) <= now }
            .sorted { $0.token.value < $1.token.value }
        guard hung.isEmpty else {
            for call in hung { calls[call.token] = nil }
            return .hung(hung)
        }
        return next.map { .look(at: $0) } ?? .rest
    }

    private var next: ContinuousClock.Instant? { calls.values.map(\.deadline).min()?.advanced(by: grace) }
}
