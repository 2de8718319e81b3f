import NIOCore

/// What a plugin handle guards with its lock: where the plugin is in its life, its calls, and what it serves.
///
/// ```
/// generation 1   starting ─▶ running ────────▶ draining ─▶ (stopped)
/// generation 2                    starting ─▶ running ─▶ …          a reload, or the start after a crash
/// ```
struct PluginState: Sendable {
    /// Where the plugin is in its life.
    enum Phase: Sendable {
        /// Not running; the next call starts it.
        case idle
        case starting
        /// The generation that takes new calls.
        case running(LivingGeneration)
        /// Drained or about to be; nothing starts it again.
        case stopped
    }

    var phase = Phase.idle { didSet { since = .now } }
    /// When the phase began.
    private(set) var since = Timestamp.now
    /// Generations that a reload has replaced and that are not stopped yet.
    private(set) var draining: [LivingGeneration] = []
    /// What the next start launches.
    var edition: PluginEdition
    var ledger: CallLedger
    var manifest: PluginManifest
    var restarts: RestartPolicy
    var watchdog: Watchdog
    /// True while a timer stands for the end of the pause after a crash.
    var isPausing = false
    /// Starts that succeeded.
    private(set) var starts = 0
    /// Reloads that succeeded.
    var reloads = 0
    var lastCrash: PluginAccount.Crash?
    var reading = ManifestReading()
    weak var events: (any PluginEventObserver)?
    /// Goes off at the earliest deadline.
    var timer: (moment: ContinuousClock.Instant, task: Scheduled<Void>)?
    /// Who waits for the start under way.
    var startWaiters: [CheckedContinuation<PluginFailure?, Never>] = []
    /// Who waits for the last call to end: of one generation, or of all when it is nil.
    var drainWaiters: [(generation: Generation?, waiter: CheckedContinuation<Void, Never>)] = []
    /// Replaced generations that finish their calls and are stopped then.
    var retirements: [Generation: Task<Void, Never>] = [:]
    /// Set by a reload; means nothing any more once it is over.
    var probation: Probation?
    /// A state for the next start: that of a version which a reload had replaced and which came back.
    var stateToImport: [UInt8]?
    var reloadNote: String?
    private(set) var lastGeneration: UInt64 = 0

    init(_ edition: PluginEdition, manifest: PluginManifest, ledger: CallLedger) {
        self.edition = edition
        self.manifest = manifest
        self.ledger = ledger
        restarts = RestartPolicy(edition.specification.restart)
        watchdog = Watchdog(grace: edition.specification.hangGrace)
    }

    var current: LivingGeneration? { if case .running(let living) = phase { living } else { nil } }

    var backend: (any Backend)? { current?.backend }

    /// A generation that has not ended.
    func living(_ generation: Generation) -> LivingGeneration? {
        current?.generation == generation ? current : draining.first { $0.generation == generation }
    }

    /// Watches calls that were to be over; gives when to look at the latest, or nil when an earlier look is due anyway.
    mutating func watch(_ calls: [CallToken]) -> ContinuousClock.Instant? {
        calls.compactMap { ledger.watched($0) }.compactMap { watchdog.watch($0) }.min()
    }

    /// Where the calls of a generation go; nil when it has ended.
    func backend(of generation: Generation) -> (any Backend)? {
        if let current, current.generation == generation { return current.backend }
        return draining.first { $0.generation == generation }?.backend
    }

    /// The number of the generation that is started next.
    mutating func nextGeneration() -> Generation {
        lastGeneration += 1
        return Generation(lastGeneration)
    }

    /// What follows when a generation takes the calls.
    struct Opening: Sendable {
        /// The one that took them before: to be stopped when it is drained.
        var before: LivingGeneration?
        /// Who waited for the plugin to run.
        var waiters: [CheckedContinuation<PluginFailure?, Never>]
    }

    /// Makes a started generation the one that takes calls, and lets the one before it drain; nil when the plugin is stopped.
    mutating func open(_ living: LivingGeneration) -> Opening? {
        if case .stopped = phase { return nil }
        let before = current
        if let before { draining.append(before) }
        phase = .running(living)
        starts += 1
        restarts.settings = living.edition.specification.restart
        watchdog.grace = living.edition.specification.hangGrace
        edition = living.edition
        ledger.limits = CallLedger.Limits(living.edition.specification)
        ledger.open(living.generation, pluginLimit: living.backend.concurrency)
        defer { startWaiters = [] }
        return Opening(before: before, waiters: startWaiters)
    }

    /// What the end of a generation meant.
    enum Burial {
        /// It took the calls; the next one starts the plugin again.
        case current
        /// It took the calls, for so short a time that the version before is in use again.
        case failedProbation
        case draining
        case unknown
    }

    /// Forgets a generation that ended.
    ///
    /// A crash in its probation brings the version before back, unless another plugin of its cell is to blame.
    mutating func bury(
        _ generation: Generation,
        at now: ContinuousClock.Instant,
        isOwnFault: Bool = true
    ) -> Burial {
        watchdog.forget(generation)
        if current?.generation == generation {
            phase = .idle
            defer { probation = nil }
            guard isOwnFault, let probation, probation.isFailed(by: generation, at: now) else {
                return .current
            }
            edition = probation.fallback
            stateToImport = probation.state
            ledger.limits = CallLedger.Limits(edition.specification)
            return .failedProbation
        }
        guard let index = draining.firstIndex(where: { $0.generation == generation }) else { return .unknown }
        draining.remove(at: index)
        return .draining
    }

    /// The plugin is stopped: what has to be stopped with it, the newest first.
    mutating func close() -> [LivingGeneration] {
        defer {
            phase = .stopped
            draining = []
        }
        return (draining + [current].compactMap { $0 }).reversed()
    }

    /// Takes the timer for `moment` in, and gives back the one that is not needed: this one when an earlier one is set.
    mutating func keep(
        _ task: Scheduled<Void>,
        for moment: ContinuousClock.Instant
    ) -> Scheduled<Void>? {
        if let timer, timer.moment <= moment { return task }
        defer { timer = (moment, task) }
        return timer?.task
    }

    /// Those to wake because nothing they wait for is open any more.
    mutating func takeDrained() -> [CheckedContinuation<Void, Never>] {
        guard !drainWaiters.isEmpty else { return [] }
        let ledger = ledger
        return takeDrained { $0.map(ledger.isDrained) ?? ledger.isEmpty }
    }

    /// Those to wake, by the generation they wait for.
    mutating func takeDrained(where isOver: (Generation?) -> Bool) -> [CheckedContinuation<Void, Never>] {
        let over = drainWaiters.filter { isOver($0.generation) }.map(\.waiter)
        drainWaiters.removeAll { isOver($0.generation) }
        return over
    }
}

extension CallLedger.Limits {
    init(_ specification: PluginSpecification) {
        self.init(concurrency: max(1, specification.concurrency), queue: max(0, specification.queue))
    }
}
