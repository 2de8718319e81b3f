import Logging
import NIOCore
import Synchronization

/// What becomes of a plugin that crashes, does not start, or hangs.
extension PluginHandle {
    /// The process that held a generation is gone: its calls fail, and what waits is served by the next start.
    ///
    /// - Returns: The calls it had.
    func died(_ generation: Generation, because death: CellDeath) -> [StrickenCall] {
        let now = ContinuousClock.now
        let (burial, stricken, deliveries) = state.withLock {
            state -> (PluginState.Burial, [StrickenCall], [CallLedger.Delivery]) in
            let stricken = state.ledger.stricken(generation, now: now)
            let burial = state.bury(generation, at: now, isOwnFault: death.isFault(of: alias))
            guard burial != .unknown else { return (burial, [], []) }
            state.lastCrash = PluginAccount.Crash(time: .now, reason: death.reason, report: death.report)
            if burial == .current { state.countDeath(death, of: alias, at: now) }
            let next =
                burial == .failedProbation
                ? "the version before it serves the next call"
                : state.restarts.quarantine.map { "it \($0.sentence(for: alias))" }
            return (burial, stricken, state.ledger.die(generation, because: death, next: next))
        }
        // Not yet known, or told before: whoever starts it looks at its end.
        let next: String
        switch burial {
        case .unknown: return []
        case .current:
            next =
                state.withLock { $0.restarts.quarantine }.map { "it \($0.sentence(for: alias))" }
                ?? "the next call starts it again"
        case .failedProbation: next = "it was loaded a moment ago, and the version before comes back"
        case .draining:
            next = "it was finishing the calls of generation \(generation.number), and the new one goes on"
        }
        let report = death.report.map { ". The report: \($0)" } ?? ""
        logger.error(
            "\(death.sentence(for: alias)); \(deliveries.count) call(s) failed, \(next)\(report)",
            metadata: ["plugin": "\(alias)"]
        )
        if burial == .current { tellOfQuarantine() }
        for delivery in deliveries { deliver(delivery) }
        settle()
        if burial == .failedProbation { goBack(because: death.reason) } else { startIfNeeded() }
        return stricken
    }

    /// The start under way came to nothing.
    func notStarted(_ failure: PluginFailure) {
        logger.error("\(failure.message)", metadata: ["plugin": "\(alias)"])
        let (deliveries, waiters) = state.withLock {
            state -> ([CallLedger.Delivery], [CheckedContinuation<PluginFailure?, Never>]) in
            // A reload may have brought another version up meanwhile.
            guard case .starting = state.phase else { return ([], []) }
            state.phase = .idle
            state.restarts.died(at: .now, because: "it did not start", chance: .random(in: 0..<1))
            defer { state.startWaiters = [] }
            return (state.ledger.failWaiting(with: failure), state.startWaiters)
        }
        for delivery in deliveries { deliver(delivery) }
        tellOfQuarantine()
        for waiter in waiters { waiter.resume(returning: failure) }
        settle()
        startIfNeeded()
    }

    /// After a death: says so when it was the one too many.
    private func tellOfQuarantine() {
        let (quarantine, events) = state.withLock { ($0.restarts.quarantine, $0.events) }
        guard let quarantine else { return }
        events?.quarantined(self, because: "plugin \(alias) \(quarantine.sentence(for: alias))")
    }

    /// Starts the plugin when a call needs it or host.yaml wants it up, as soon as its pause after a crash is over.
    func startIfNeeded() {
        let now = ContinuousClock.now
        let (decision, deliveries) = state.withLock {
            state -> (RestartPolicy.Decision?, [CallLedger.Delivery]) in
            let isEager = state.edition.specification.start == .eager && state.restarts.deaths > 0
            guard case .idle = state.phase, state.ledger.waiting > 0 || isEager, !state.ledger.isDraining
            else {
                return (nil, [])
            }
            let decision = state.restarts.decide(at: now)
            switch decision {
            case .start:
                state.phase = .starting
                return (decision, [])
            case .wait(let moment):
                let deliveries = state.ledger.failWaiting(
                    before: moment,
                    with: failure(pausingUntil: moment, now)
                )
                defer { state.isPausing = true }
                return (state.isPausing ? nil : decision, deliveries)
            case .refuse(let quarantine):
                return (decision, state.ledger.failWaiting(with: failure(quarantine)))
            }
        }
        for delivery in deliveries { deliver(delivery) }
        switch decision {
        case .start: launch()
        case .wait(let moment):
            _ = eventLoop.scheduleTask(in: .nanoseconds((moment - now).nanoseconds)) {
                self.state.withLock { $0.isPausing = false }
                self.startIfNeeded()
            }
        case .refuse, nil: break
        }
    }

    /// Ends the plugin's process when there is one and begins anew, whatever happened before.
    ///
    /// Open calls may finish within `grace`, new ones wait meanwhile. Throws when the plugin does not start.
    package func restart(grace: Duration = .seconds(10)) async throws(PluginFailure) {
        let current = state.withLock { state in
            state.restarts.forgive()
            state.ledger.hold()
            return state.current
        }
        if let current {
            logger.notice("plugin \(alias) is restarted", metadata: ["plugin": "\(alias)"])
            await drained(current.generation, by: .now.advanced(by: grace))
            let (isOurs, deliveries) = state.withLock { state -> (Bool, [CallLedger.Delivery]) in
                guard state.current?.generation == current.generation else { return (false, []) }
                _ = state.bury(current.generation, at: .now, isOwnFault: false)
                // Nobody else may start it until the old process is gone.
                state.phase = .starting
                return (true, state.ledger.retire(current.generation))
            }
            for delivery in deliveries { deliver(delivery) }
            if isOurs {
                await current.backend.stop(by: .now.advanced(by: .seconds(5)))
                let isStillOurs = state.withLock { if case .starting = $0.phase { true } else { false } }
                if isStillOurs { launch() }
            }
        }
        state.withLock { $0.ledger.resume() }
        settle()
        try await start()
    }

    func failure(_ quarantine: RestartPolicy.Quarantine) -> PluginFailure {
        PluginFailure(.unavailable, plugin: alias, "plugin \(alias) \(quarantine.sentence(for: alias))")
    }

    private func failure(
        pausingUntil moment: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) -> PluginFailure {
        let rest = Duration.milliseconds((moment - now).nanoseconds / 1_000_000 + 1)
        return PluginFailure(
            .unavailable,
            plugin: alias,
            "plugin \(alias) crashed and is started again in \(rest), which is after this call's deadline",
            retryAfter: rest
        )
    }
}

// MARK: - Plugins that hang

extension PluginHandle {
    func armWatchdog(_ moment: ContinuousClock.Instant) {
        let delay = max(0, (moment - .now).nanoseconds)
        _ = eventLoop.scheduleTask(in: .nanoseconds(delay)) { self.look() }
    }

    private func look() {
        switch state.withLock({ $0.watchdog.check(at: .now) }) {
        case .rest: break
        case .look(let moment): armWatchdog(moment)
        case .hung(let calls):
            for (generation, calls) in Dictionary(grouping: calls, by: \.generation) {
                guard let living = state.withLock({ $0.living(generation) }) else { continue }
                Task { await self.hangs(living, in: calls) }
            }
            // Others may be watched that are not overdue yet.
            look()
        }
    }

    /// A generation does not give these calls back.
    private func hangs(_ living: LivingGeneration, in calls: [Watchdog.Call]) async {
        let targets = Set(calls.map(\.target)).sorted().joined(separator: ", ")
        let grace = living.edition.specification.hangGrace
        let reason = "it hung in \(targets), which it had not given back \(grace) after the deadline"
        guard let stacks = await living.backend.replace(because: reason) else {
            state.withLock { state in for call in calls { state.ledger.keepPlace(of: call.token) } }
            return logger.error(
                """
                plugin \(alias) hangs in \(targets) and cannot be replaced because it runs in the host's process; each of these \
                \(calls.count) call(s) keeps its place. Restart the host, and set process: own for \(alias) in host.yaml
                """,
                metadata: ["plugin": "\(alias)"]
            )
        }
        let lines = stacks.flatMap { ["  thread \($0.thread) \($0.name)"] + $0.lines.map { "  \($0)" } }
        logger.error(
            "plugin \(alias) hangs in \(targets) and is replaced; its threads stand here:\n\(lines.joined(separator: "\n"))",
            metadata: ["plugin": "\(alias)"]
        )
    }
}

extension PluginState {
    /// The current generation died: who has to answer for it pays from its budget.
    mutating func countDeath(_ death: CellDeath, of alias: String, at now: ContinuousClock.Instant) {
        guard death.isFault(of: alias) else { return }
        restarts.died(at: now, because: death.reason, chance: .random(in: 0..<1))
    }
}
