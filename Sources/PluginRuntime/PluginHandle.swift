import Logging
import NIOCore
import Synchronization

/// One plugin as the rest of the host sees it, whatever process it runs in and whether it runs at all.
///
/// Calls are accepted at any time: a plugin that is not running is started, a full one queues, a crashed one fails what it
/// had and starts again for the next call. No function blocks.
package final class PluginHandle: Sendable {
    /// The plugin's name in host.yaml; what stands behind it may change, the alias never does.
    package let alias: String

    let logger: Logger
    let eventLoop: any EventLoop
    let state: Mutex<PluginState>
    /// What it says passes here, before anybody looks at it.
    let lines: LogGate
    /// Calls that ended in a failure.
    let failures = Atomic(0)

    init(_ edition: PluginEdition, manifest: PluginManifest, eventLoop: any EventLoop, logger: Logger) {
        alias = edition.specification.alias
        self.eventLoop = eventLoop
        self.logger = logger
        lines = LogGate(alias, on: eventLoop, logger: logger)
        let limits = CallLedger.Limits(edition.specification)
        let ledger = CallLedger(alias: alias, limits: limits)
        state = Mutex(PluginState(edition, manifest: manifest, ledger: ledger))
    }

    /// What host.yaml says about the plugin, as of the last start or reload that succeeded.
    package var specification: PluginSpecification { state.withLock { $0.edition.specification } }

    /// SHA-256 of the library that takes new calls, in hexadecimal; changes when a reload has moved the calls.
    package var imageDigest: String { state.withLock { $0.edition.image.digest } }

    /// Differs whenever the plugin may answer differently because of its image, settings or environment.
    ///
    /// 32 bytes; changes when a reload has moved the calls.
    package var fingerprint: [UInt8] { state.withLock { $0.edition.fingerprint } }

    /// The generation that takes new calls; nil while the plugin does not run.
    package var generation: Generation? { state.withLock { $0.current?.generation } }

    /// What holds the plugin back: as its cell said while it runs, as this kernel promises otherwise.
    package var confinement: ConfinementReport {
        let (backend, launcher) = state.withLock { ($0.backend, $0.edition.launcher) }
        return backend?.confinement ?? launcher.confinement
    }

    /// What the plugin serves.
    ///
    /// From the cache of its image until it runs; current afterwards.
    package var manifest: PluginManifest { state.withLock { $0.manifest } }

    /// Begins a call.
    ///
    /// The observer hears of the end exactly once, perhaps before this returns.
    ///
    /// - Returns: A token for ``cancel(_:)``.
    @discardableResult
    package func call(_ request: PluginRequest, observer: any PluginCallObserver) -> CallToken {
        let now = ContinuousClock.now
        let mayBegin = !CallbackScope.isInside
        let (submission, backend) = state.withLock { state in
            var deadline = now.advanced(by: state.edition.specification.deadline(of: request))
            if let asked = request.deadline { deadline = min(deadline, asked) }
            let submission = state.ledger.submit(
                request,
                observer: observer,
                deadline: deadline,
                now: now,
                mayBegin: mayBegin
            )
            return (submission, state.backend)
        }
        if let moment = submission.arm { arm(moment, now: now) }
        switch submission.verdict {
        case .refuse(let failure):
            failures.add(1, ordering: .relaxed)
            observer.pluginFinished(.failed(failure))
        case .wait: wake(hasBackend: backend != nil)
        case .begin(let begin): hand(begin, to: backend, now: now)
        }
        return submission.token
    }

    /// Asks for an early end.
    ///
    /// The observer hears ``PluginOutcome/cancelled`` at once; what the plugin still says is dropped.
    package func cancel(_ token: CallToken) {
        let (cancellation, look) = state.withLock { state in
            let cancellation = state.ledger.cancel(token)
            return (cancellation, state.watch([token]))
        }
        if let look { armWatchdog(look) }
        switch cancellation {
        case .gone: return
        case .waiting(let delivery): deliver(delivery)
        case .running(let generation, let delivery):
            deliver(delivery)
            askForEnd([(token, generation)])
        }
        settle()
    }

    /// How long the operator lets a tool work, in so many words; nil when only the plugin as a whole has a limit.
    package func ownDeadline(ofTool name: String) -> Duration? {
        state.withLock { $0.edition.specification.toolDeadlines[name] }
    }

    /// How long a request may take here at most.
    package func deadline(of request: PluginRequest) -> Duration {
        state.withLock { $0.edition.specification.deadline(of: request) }
    }

    /// Calls that have not ended, waiting ones included.
    package var openCalls: Int { state.withLock { $0.ledger.openCalls } }

    /// Calls whose end was told although the plugin has not completed them yet.
    package var abandonedCalls: Int { state.withLock { $0.ledger.abandoned } }
}

// MARK: - Effects of the ledger's decisions

extension PluginHandle {
    func deliver(_ delivery: CallLedger.Delivery?) {
        guard let delivery else { return }
        if case .failed = delivery.outcome { failures.add(1, ordering: .relaxed) }
        delivery.observer.pluginFinished(delivery.outcome)
    }

    func hand(_ begin: CallLedger.Begin, to backend: (any Backend)?, now: ContinuousClock.Instant) {
        let deadline = MonotonicClock.nanoseconds(of: begin.deadline, from: now)
        backend?.call(begin.token, begin.request, deadline: deadline)
    }

    /// Something waits: lets it in when there is room, or starts the plugin.
    private func wake(hasBackend: Bool) {
        if hasBackend {
            eventLoop.execute { self.beginWaiting() }
        } else {
            startIfNeeded()
        }
    }

    /// Lets waiting calls in, as far as there is room.
    ///
    /// Never inside a callback of a plugin.
    func beginWaiting() {
        while true {
            let now = ContinuousClock.now
            let (begin, backend) = state.withLock { state -> (CallLedger.Begin?, (any Backend)?) in
                guard let backend = state.backend else { return (nil, nil) }
                return (state.ledger.nextBegin(now: now), backend)
            }
            guard let begin else { return }
            begin.waiter?.pluginBegan()
            hand(begin, to: backend, now: .now)
        }
    }

    /// A call ended: a place may be free, and somebody may wait for the last one.
    func settle() {
        let (canBegin, drained) = state.withLock { ($0.ledger.canBegin, $0.takeDrained()) }
        if canBegin { eventLoop.execute { self.beginWaiting() } }
        for waiter in drained { waiter.resume() }
    }

    /// Asks the generations that have these calls to end them early.
    func askForEnd(_ calls: [(call: CallToken, generation: Generation)]) {
        let asked = state.withLock { state in
            calls.compactMap { call in state.backend(of: call.generation).map { (call.call, $0) } }
        }
        // The contract forbids to call a plugin inside its own call into the host.
        if CallbackScope.isInside {
            eventLoop.execute { for (token, backend) in asked { backend.cancel(token) } }
        } else {
            for (token, backend) in asked { backend.cancel(token) }
        }
    }

    func arm(_ moment: ContinuousClock.Instant, now: ContinuousClock.Instant) {
        let delay = max(0, (moment - now).nanoseconds)
        let timer = eventLoop.scheduleTask(in: .nanoseconds(delay)) { self.expire() }
        state.withLock { $0.keep(timer, for: moment) }?.cancel()
    }

    private func expire() {
        let now = ContinuousClock.now
        let (expiry, abandoned, look) = state.withLock { state in
            state.timer = nil
            let expiry = state.ledger.expire(now: now)
            return (expiry, state.ledger.abandoned, state.watch(expiry.running.map(\.call)))
        }
        if let look { armWatchdog(look) }
        if let next = expiry.arm { arm(next, now: now) }
        for delivery in expiry.deliveries { deliver(delivery) }
        guard !expiry.running.isEmpty else { return settle() }
        logger.warning(
            "plugin \(alias) let \(expiry.running.count) call(s) pass their deadline; it still holds \(abandoned) that nobody waits for",
            metadata: ["plugin": "\(alias)"]
        )
        askForEnd(expiry.running)
        settle()
    }
}
