import NIOCore

/// What a plugin handle guards with its lock: where the plugin is in its life, its calls, and what it serves.
struct PluginState: Sendable {
    /// Where the plugin is in its life.
    enum Phase: Sendable {
        /// Not running; the next call starts it.
        case idle
        case starting
        case running(any Backend)
        /// Drained or about to be; nothing starts it again.
        case stopped
    }

    var phase = Phase.idle
    var ledger: CallLedger
    var manifest: PluginManifest
    var restarts = RestartPolicy()
    var reading = ManifestReading()
    weak var events: (any PluginEventObserver)?
    /// Goes off at the earliest deadline.
    var timer: (moment: ContinuousClock.Instant, task: Scheduled<Void>)?
    /// Who waits for the start under way.
    var startWaiters: [CheckedContinuation<PluginFailure?, Never>] = []
    /// Who waits for the last call to end.
    var drainWaiters: [CheckedContinuation<Void, Never>] = []

    init(ledger: CallLedger, manifest: PluginManifest) {
        self.ledger = ledger
        self.manifest = manifest
    }

    var backend: (any Backend)? { if case .running(let backend) = phase { backend } else { nil } }

    /// Takes the timer for `moment` in, and gives back the one that is not needed: this one when an earlier one is set.
    mutating func keep(
        _ task: Scheduled<Void>,
        for moment: ContinuousClock.Instant
    ) -> Scheduled<Void>? {
        if let timer, timer.moment <= moment { return task }
        defer { timer = (moment, task) }
        return timer?.task
    }

    /// Those to wake because nothing is open any more; empty while something is.
    mutating func takeDrained() -> [CheckedContinuation<Void, Never>] {
        guard !drainWaiters.isEmpty, ledger.isEmpty else { return [] }
        defer { drainWaiters = [] }
        return drainWaiters
    }
}
