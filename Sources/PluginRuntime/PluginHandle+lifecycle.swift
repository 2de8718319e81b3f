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
                    if let quarantine = state.restarts.quarantine { return .done(self.failure(quarantine)) }
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

    /// Takes no more calls, and waits for the open ones as long as there is time besides stopping the plugin by `deadline`.
    func drain(by deadline: ContinuousClock.Instant) async {
        state.withLock { $0.ledger.drain() }
        await drained(nil, by: Self.end(ofDrain: deadline))
    }

    /// The plugin's own stop needs part of the time: without it a cell could only be killed.
    private static func end(ofDrain deadline: ContinuousClock.Instant) -> ContinuousClock.Instant {
        let reserve = min(.seconds(2), (deadline - .now) / 4)
        return deadline.advanced(by: .zero - max(.zero, reserve))
    }

    /// Takes no more calls, waits for the open ones until `deadline`, then stops the plugin.
    package func stop(by deadline: ContinuousClock.Instant) async {
        let drainUntil = Self.end(ofDrain: deadline)
        let isDone = state.withLock { state -> Bool in
            state.ledger.drain()
            if case .stopped = state.phase { return true }
            guard case .idle = state.phase, state.draining.isEmpty else { return false }
            state.phase = .stopped
            return true
        }
        if isDone { return finish() }
        if case .starting = state.withLock({ $0.phase }) { try? await start() }
        await drained(nil, by: drainUntil)
        let living = state.withLock { $0.close() }
        finish()
        await manifestRead()
        await withTaskGroup { tasks in
            for living in living { tasks.addTask { await living.backend.stop(by: deadline) } }
        }
        for retirement in state.withLock({ Array($0.retirements.values) }) { await retirement.value }
        if !living.isEmpty { logger.debug("plugin \(alias) has stopped", metadata: ["plugin": "\(alias)"]) }
    }

    /// Waits until a generation that takes no more calls has finished those it has, then stops it.
    ///
    /// Its calls end by their own deadlines; a plugin that holds on to them afterwards gets `grace` to let go.
    func retire(_ living: LivingGeneration, grace: Duration = .seconds(2)) async {
        let generation = living.generation
        if let last = state.withLock({ $0.ledger.lastDeadline(of: generation) }) {
            await drained(generation, by: max(last, .now).advanced(by: grace))
        }
        let (burial, deliveries) = state.withLock { state -> (PluginState.Burial, [CallLedger.Delivery]) in
            let burial = state.bury(generation, at: .now)
            return (burial, burial == .draining ? state.ledger.retire(generation) : [])
        }
        // Dead, or stopped with the plugin.
        guard burial == .draining else { return }
        for delivery in deliveries { deliver(delivery) }
        await living.backend.stop(by: .now.advanced(by: .seconds(10)))
        settle()
    }

    /// Waits until the plugin is not asked for its manifest any more: control functions come one at a time.
    func manifestRead() async {
        await withCheckedContinuation { waiter in
            let waits = state.withLock { $0.reading.wait(waiter) }
            if !waits { waiter.resume() }
        }
    }

    /// Tells whoever still waits that the plugin was stopped.
    private func finish() {
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

    /// Waits until a generation has no call left, or the whole plugin when it is nil; at the latest until `deadline`.
    func drained(_ generation: Generation?, by deadline: ContinuousClock.Instant) async {
        let delay = (deadline - .now).nanoseconds
        guard delay > 0 else { return }
        await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
            state.withLock { $0.drainWaiters.append((generation, waiter)) }
            _ = eventLoop.scheduleTask(in: .nanoseconds(delay)) {
                let waiters = self.state.withLock { state in state.takeDrained { $0 == generation } }
                for waiter in waiters { waiter.resume() }
            }
            settle()
        }
    }

    /// Brings the plugin to life; the state says that it is starting.
    func launch() {
        Task {
            let (edition, handed) = state.withLock { state in
                defer { state.stateToImport = nil }
                return (state.edition, state.stateToImport)
            }
            do throws(PluginFailure) {
                await started(try await bringUp(edition, state: handed))
            } catch {
                notStarted(error)
            }
        }
    }

    /// Starts a new generation, which takes no calls yet.
    ///
    /// `handed` is a state to import; one that the plugin does not take is dropped, because a start without it beats none.
    func bringUp(
        _ edition: PluginEdition,
        state handed: [UInt8]?
    ) async throws(PluginFailure) -> LivingGeneration {
        let (hold, alias) = (edition.hold, alias)
        let isThere = await Threads.run("look at the image of \(alias)") {
            Result { () throws(PluginFailure) in try hold.renew(alias: alias) }
        }
        try isThere.get()
        let generation = state.withLock { $0.nextGeneration() }
        let host = GenerationHost(generation, of: self, http: edition.specification.http, manifest.upstreams)
        let backend = try await edition.launcher.launch(host: host)
        if let handed, backend.keepsState {
            do { try await backend.importState(handed) } catch {
                logger.warning("\(error.message)", metadata: ["plugin": "\(alias)"])
            }
        }
        return LivingGeneration(host.generation, of: edition, host: host, backend: backend)
    }

    private func started(_ living: LivingGeneration) async {
        logger.debug("plugin \(alias) runs", metadata: ["plugin": "\(alias)"])
        let opening = state.withLock { state -> PluginState.Opening? in
            guard case .starting = state.phase else { return nil }
            return state.open(living)
        }
        // Stopped, or replaced by a reload, before it was ready.
        guard let opening else { return await living.backend.stop(by: .now.advanced(by: .seconds(2))) }
        opened(living)
        for waiter in opening.waiters { waiter.resume(returning: nil) }
    }

    /// A generation takes calls from now on.
    func opened(_ living: LivingGeneration) {
        accept(living.backend.manifest, of: living)
        living.host.opened(manifest.upstreams)
        // It may have died before anybody knew it ran.
        if let death = living.backend.death { _ = died(living.generation, because: death) }
        beginWaiting()
    }

    /// Takes the manifest of the current generation in, tells who listens about the lists that differ, and keeps it for the
    /// next start of the host.
    func accept(_ bytes: [UInt8], of living: LivingGeneration) {
        guard bytes != Array(manifest.document.root.bytes) else { return }
        var parser = ManifestParser(alias: alias)
        let new: PluginManifest
        do { new = try parser.parse(bytes) } catch {
            return logger.error(
                "\(error.message); the old one stays in use",
                metadata: ["plugin": "\(alias)"]
            )
        }
        for sentence in parser.dropped { logger.warning("\(sentence)", metadata: ["plugin": "\(alias)"]) }
        do throws(PluginFailure) {
            try TrustGate.admit(new, of: living.edition, as: specification)
        } catch {
            return logger.error(
                "\(error.message); what it served before stays in use",
                metadata: ["plugin": "\(alias)"]
            )
        }
        let (old, events) = state.withLock { state -> (PluginManifest?, (any PluginEventObserver)?) in
            // A newer generation serves its own.
            guard state.current?.generation == living.generation else { return (nil, nil) }
            defer { state.manifest = new }
            return (state.manifest, state.events)
        }
        guard let old else { return }
        living.edition.keep(bytes)
        let changes = new.changes(since: old)
        if !changes.isEmpty { events?.manifestChanged(of: self, changes: changes) }
    }
}
