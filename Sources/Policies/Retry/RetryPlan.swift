import PluginRuntime

/// Whether and when one call is made again.
///
/// A pure decision; the clock and chance come in as arguments. Only a crash is worth another try: the process that held the
/// call is gone, a new one starts, and the author says that a second call does no more than one. An answer is an answer, an
/// overdue call has no time left, and a busy or stopping plugin is not helped by more calls.
struct RetryPlan: Sendable, Hashable {
    /// Further attempts for one call.
    var attempts: Int
    /// The pause before the first; each further one is twice as long.
    var pause: Duration

    /// The pause before the next attempt; nil when there is none.
    ///
    /// `done`: attempts that were made, at least 1. `hasReported`: the client saw progress of the failed attempt, and would see
    /// it begin anew. `jitter`, from 0 to 1, takes up to half of the pause away.
    func pause(
        after outcome: PluginOutcome,
        done: Int,
        hasReported: Bool,
        deadline: ContinuousClock.Instant?,
        now: ContinuousClock.Instant,
        jitter: Double
    ) -> Duration? {
        guard case .failed(let failure) = outcome, failure.cause == .crashed else { return nil }
        guard done <= attempts, !hasReported else { return nil }
        let whole = pause * (1 << min(done - 1, 10))
        let next = whole / 2 + whole * jitter / 2
        guard let deadline else { return next }
        return now + next < deadline ? next : nil
    }
}
