import Logging
import NIOCore
import Synchronization

/// One plugin as the rest of the host sees it, whatever process it runs in and whether it runs at all.
///
/// Calls are accepted at any time: a plugin that is not running is started, a full one queues, a crashed one fails what it
/// had and starts again for the next call. No function blocks.
package final class PluginHandle: Sendable {
    package let specification: PluginSpecification

    package var alias: String { specification.alias }

    let launcher: any BackendLauncher
    let logger: Logger
    let eventLoop: any EventLoop
    let state: Mutex<PluginState>
    /// Keeps a manifest for the next start of the host.
    let keepManifest: @Sendable ([UInt8]) -> Void

    init(
        _ specification: PluginSpecification,
        manifest: PluginManifest,
        launcher: any BackendLauncher,
        eventLoop: any EventLoop,
        logger: Logger,
        keepManifest: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) {
        self.specification = specification
        self.launcher = launcher
        self.eventLoop = eventLoop
        self.logger = logger
        self.keepManifest = keepManifest
        let limits = CallLedger.Limits(
            concurrency: max(1, specification.concurrency),
            queue: max(0, specification.queue)
        )
        state = Mutex(
            PluginState(ledger: CallLedger(alias: specification.alias, limits: limits), manifest: manifest)
        )
    }

    /// What holds the plugin back: as its cell said while it runs, as this kernel promises otherwise.
    package var confinement: ConfinementReport {
        state.withLock { $0.backend }?.confinement ?? launcher.confinement
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
        var deadline = now.advanced(by: specification.deadline)
        if let asked = request.deadline { deadline = min(deadline, asked) }
        let mayBegin = !CallbackScope.isInside
        let (submission, backend) = state.withLock { state in
            let submission = state.ledger.submit(
                request,
                observer: observer,
                deadline: deadline,
                mayBegin: mayBegin
            )
            return (submission, state.backend)
        }
        if let moment = submission.arm { arm(moment, now: now) }
        switch submission.verdict {
        case .refuse(let failure): observer.pluginFinished(.failed(failure))
        case .wait: wake(hasBackend: backend != nil)
        case .begin(let begin): hand(begin, to: backend, now: now)
        }
        return submission.token
    }

    /// Asks for an early end.
    ///
    /// The observer hears ``PluginOutcome/cancelled`` at once; what the plugin still says is dropped.
    package func cancel(_ token: CallToken) {
        let (cancellation, backend) = state.withLock { ($0.ledger.cancel(token), $0.backend) }
        switch cancellation {
        case .gone: return
        case .waiting(let delivery): deliver(delivery)
        case .running(let delivery):
            deliver(delivery)
            if let backend { askForEnd([token], of: backend) }
        }
        settle()
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
            startIfIdle()
        }
    }

    /// Lets waiting calls in, as far as there is room.
    ///
    /// Never inside a callback of a plugin.
    func beginWaiting() {
        while true {
            let (begin, backend) = state.withLock { state -> (CallLedger.Begin?, (any Backend)?) in
                guard let backend = state.backend else { return (nil, nil) }
                return (state.ledger.nextBegin(), backend)
            }
            guard let begin else { return }
            hand(begin, to: backend, now: .now)
        }
    }

    /// A call ended: a place may be free, and somebody may wait for the last one.
    func settle() {
        let (canBegin, drained) = state.withLock { ($0.ledger.canBegin, $0.takeDrained()) }
        if canBegin { eventLoop.execute { self.beginWaiting() } }
        for waiter in drained { waiter.resume() }
    }

    func askForEnd(_ tokens: [CallToken], of backend: any Backend) {
        // The contract forbids to call a plugin inside its own call into the host.
        if CallbackScope.isInside {
            eventLoop.execute { for token in tokens { backend.cancel(token) } }
        } else {
            for token in tokens { backend.cancel(token) }
        }
    }

    func arm(_ moment: ContinuousClock.Instant, now: ContinuousClock.Instant) {
        let delay = max(0, (moment - now).nanoseconds)
        let timer = eventLoop.scheduleTask(in: .nanoseconds(delay)) { self.expire() }
        state.withLock { $0.keep(timer, for: moment) }?.cancel()
    }

    private func expire() {
        let now = ContinuousClock.now
        let (expiry, backend, abandoned) = state.withLock { state in
            state.timer = nil
            let expiry = state.ledger.expire(now: now)
            return (expiry, state.backend, state.ledger.abandoned)
        }
        if let next = expiry.arm { arm(next, now: now) }
        for delivery in expiry.deliveries { deliver(delivery) }
        guard !expiry.running.isEmpty else { return settle() }
        logger.warning(
            "plugin \(alias) let \(expiry.running.count) call(s) pass their deadline; it still holds \(abandoned) that nobody waits for",
            metadata: ["plugin": "\(alias)"]
        )
        if let backend { askForEnd(expiry.running, of: backend) }
        settle()
    }
}
