import Logging

/// How a serving host finishes what it has begun, within a time that a second signal makes shorter.
///
/// ```
/// SIGTERM ──► /ping 503 ──► work(by: grace) ───────────────► close
/// SIGTERM ──────────────────────► work(by: shortened) ──┘
/// ```
///
/// The second run takes over what the first one waits for, and whichever ends first ends the drain. A third signal ends the
/// process at once.
struct Drain {
    /// For everything together.
    let grace: Duration
    let logger: Logger
    /// Finishes calls and stops plugins, at the latest at a moment; must stand being run a second time while it runs.
    let work: @Sendable (ContinuousClock.Instant) async -> Void

    /// What is left to a host that was asked twice.
    static let shortened = Duration.seconds(1)

    /// Runs the work to its end; `signals`: the requests to stop that come from now on.
    func run(_ signals: TerminationSignals) async {
        let (endings, continuation) = AsyncStream.makeStream(of: Void.self)
        let deadline = ContinuousClock.now + grace
        Task {
            await work(deadline)
            continuation.finish()
        }
        let asked = signals.asked
        let second = Task {
            for await _ in asked { break }
            guard !Task.isCancelled else { return }
            TerminationSignals.giveBack()
            logger.notice("asked to stop a second time: open calls get \(Self.shortened) more")
            await work(min(deadline, .now + Self.shortened))
            continuation.finish()
        }
        for await _ in endings {}
        second.cancel()
        // Until here they must be heard.
        withExtendedLifetime(signals) {}
    }
}
