import Logging
import NIOCore
import RoostJSON
import Synchronization

extension PluginHandle {
    /// Starts the plugin now, as the first call would.
    package func start() async throws(PluginFailure) {
        let failure = await withCheckedContinuation { (waiter: CheckedContinuation<PluginFailure?, Never>) in
            enum Step { case launch, wait, done(PluginFailure?) }
            let step = state.withLock { state -> Step in
                switch state.phase {
                case .running: return .done(nil)
                case .stopped:
                    return .done(
                        PluginFailure(.stopping, plugin: alias, "plugin \(alias) was stopped and stays so")
                    )
                case .starting:
                    state.startWaiters.append(waiter)
                    return .wait
                case .idle:
                    state.phase = .starting
                    state.startWaiters.append(waiter)
                    return .launch
                }
            }
            switch step {
            case .launch: launch()
            case .wait: break
            case .done(let failure): waiter.resume(returning: failure)
            }
        }
        if let failure { throw failure }
    }

    /// Takes no more calls, waits for the open ones until `deadline`, then stops the plugin.
    package func stop(by deadline: ContinuousClock.Instant) async {
        let now = ContinuousClock.now
        // The plugin's own stop needs part of the time: without it a cell could only be killed.
        let reserve = min(.seconds(2), (deadline - now) / 4)
        let drainUntil = deadline.advanced(by: .zero - max(.zero, reserve))
        let isDone = state.withLock { state -> Bool in
            state.ledger.drain()
            if case .stopped = state.phase { return true }
            if case .idle = state.phase {
                state.phase = .stopped
                return true
            }
            return false
        }
        if isDone { return finish(nil) }
        if case .starting = state.withLock({ $0.phase }) { try? await start() }
        await drained(by: drainUntil)
        let backend = state.withLock { state -> (any Backend)? in
            defer { state.phase = .stopped }
            return state.backend
        }
        finish(backend)
        await manifestRead()
        await backend?.stop(by: deadline)
    }

    /// Waits until the plugin is not asked for its manifest any more: control functions come one at a time.
    private func manifestRead() async {
        await withCheckedContinuation { waiter in
            let waits = state.withLock { $0.reading.wait(waiter) }
            if !waits { waiter.resume() }
        }
    }

    /// Tells whoever still waits that the plugin was stopped.
    private func finish(_ backend: (any Backend)?) {
        let (deliveries, held, timer) = state.withLock { state in
            let held = state.ledger.running + state.ledger.abandoned
            defer { state.timer = nil }
            return (state.ledger.close(), held, state.timer?.task)
        }
        timer?.cancel()
        if held > 0 {
            logger.warning(
                "plugin \(alias) is stopped while it still holds \(held) call(s)",
                metadata: ["plugin": "\(alias)"]
            )
        }
        for delivery in deliveries { deliver(delivery) }
        settle()
    }

    private func drained(by deadline: ContinuousClock.Instant) async {
        let delay = (deadline - .now).nanoseconds
        await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
            let isEmpty = state.withLock { state -> Bool in
                guard !state.ledger.isEmpty, delay > 0 else { return true }
                state.drainWaiters.append(waiter)
                return false
            }
            guard !isEmpty else { return waiter.resume() }
            _ = eventLoop.scheduleTask(in: .nanoseconds(delay)) {
                let waiters = self.state.withLock { state in
                    defer { state.drainWaiters = [] }
                    return state.drainWaiters
                }
                for waiter in waiters { waiter.resume() }
            }
        }
    }

    /// A call needs the plugin: starts it unless somebody else does.
    func startIfIdle() {
        let now = ContinuousClock.now
        let (decision, deliveries) = state.withLock {
            state -> (RestartPolicy.Decision?, [CallLedger.Delivery]) in
            guard case .idle = state.phase, state.ledger.waiting > 0 else { return (nil, []) }
            let decision = state.restarts.decide(at: now)
            guard case .refuse(let reason) = decision else {
                state.phase = .starting
                return (decision, [])
            }
            let failure = PluginFailure(.unavailable, plugin: alias, "plugin \(alias) \(reason)")
            return (decision, state.ledger.failWaiting(with: failure))
        }
        for delivery in deliveries { deliver(delivery) }
        if decision == .start { launch() }
    }

    private func launch() {
        Task {
            do throws(PluginFailure) {
                let backend = try await launcher.launch(host: self)
                await started(backend)
            } catch {
                notStarted(error)
            }
        }
    }

    private func started(_ backend: any Backend) async {
        logger.debug("plugin \(alias) runs", metadata: ["plugin": "\(alias)"])
        let waiters = state.withLock { state -> [CheckedContinuation<PluginFailure?, Never>]? in
            guard case .starting = state.phase else { return nil }
            state.phase = .running(backend)
            state.ledger.open(pluginLimit: backend.concurrency)
            defer { state.startWaiters = [] }
            return state.startWaiters
        }
        // Stopped, or dead, before it was ready.
        guard let waiters else { return await backend.stop(by: .now) }
        accept(backend.manifest)
        // It may have died before anybody knew it ran.
        if let reason = backend.deathReason { died(backend, because: reason) }
        for waiter in waiters { waiter.resume(returning: nil) }
        beginWaiting()
    }

    private func notStarted(_ failure: PluginFailure) {
        logger.error("\(failure.message)", metadata: ["plugin": "\(alias)"])
        let (deliveries, waiters) = state.withLock { state in
            if case .starting = state.phase { state.phase = .idle }
            state.restarts.died(at: .now)
            defer { state.startWaiters = [] }
            return (state.ledger.failWaiting(with: failure), state.startWaiters)
        }
        for delivery in deliveries { deliver(delivery) }
        for waiter in waiters { waiter.resume(returning: failure) }
        settle()
    }

    /// Takes a manifest in, tells who listens about the lists that differ, and keeps it for the next start of the host.
    func accept(_ bytes: [UInt8]) {
        let old = manifest
        guard bytes != Array(old.document.root.bytes) else { return }
        var parser = ManifestParser(alias: alias)
        let new: PluginManifest
        do { new = try parser.parse(bytes) } catch {
            return logger.error(
                "\(error.message); the old one stays in use",
                metadata: ["plugin": "\(alias)"]
            )
        }
        for sentence in parser.dropped { logger.warning("\(sentence)", metadata: ["plugin": "\(alias)"]) }
        let events = state.withLock { state in
            state.manifest = new
            return state.events
        }
        keepManifest(bytes)
        let changes = new.changes(since: old)
        if !changes.isEmpty { events?.manifestChanged(of: self, changes: changes) }
    }
}
