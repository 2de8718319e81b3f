import Logging
import NIOCore
import Synchronization

/// What a reload does to the plugin it reloads.
extension PluginHandle {
    /// True when nothing starts the plugin again.
    var isStopping: Bool { state.withLock { $0.ledger.isDraining } }

    /// The edition in use, and the generation that runs of it; nil while none does.
    var inUse: (edition: PluginEdition, living: LivingGeneration?) {
        state.withLock { ($0.edition, $0.current) }
    }

    /// Lets no call begin and waits for those the generation has; says how many are left at `deadline`.
    func hold(_ generation: Generation, until deadline: ContinuousClock.Instant) async -> Int {
        state.withLock { $0.ledger.hold() }
        await drained(generation, by: deadline)
        return state.withLock { state in
            let places = state.ledger.generations[generation]
            return places.running + places.abandoned
        }
    }

    /// Lets calls begin again.
    func release() {
        state.withLock { $0.ledger.resume() }
        settle()
    }

    /// Asks a generation without calls for its state; nil when it has died or another took its place meanwhile.
    func exportState(of living: LivingGeneration) async throws(PluginFailure) -> [UInt8]? {
        // One control function at a time: the manifest is not asked for meanwhile.
        while !state.withLock({ $0.reading.changed() }) { await manifestRead() }
        let result = await Result { () async throws(PluginFailure) -> [UInt8] in
            try await living.backend.exportState()
        }
        finishReading()
        guard state.withLock({ $0.current === living }) else { return nil }
        return try result.get()
    }

    /// Moves new calls to a started generation, in one step, and lets the one before drain.
    ///
    /// `state` is what was handed over; `isHeld` tells whether ``hold(_:until:)`` is to end with it. False when the plugin is
    /// being stopped.
    func switchOver(to living: LivingGeneration, state handed: [UInt8]?, isHeld: Bool) -> Bool {
        let now = ContinuousClock.now
        let opening = state.withLock { state -> PluginState.Opening? in
            if state.ledger.isDraining { return nil }
            let probation = Probation(
                generation: living.generation,
                began: now,
                length: living.edition.specification.probation,
                fallback: state.edition,
                state: handed
            )
            guard let opening = state.open(living) else { return nil }
            if isHeld { state.ledger.resume() }
            state.restarts.forgive()
            state.probation = probation
            state.reloads += 1
            state.reloadNote = nil
            return opening
        }
        guard let opening else { return false }
        opened(living)
        for waiter in opening.waiters { waiter.resume(returning: nil) }
        if let before = opening.before { retireInBackground(before) }
        settle()
        return true
    }

    /// Drains and stops a generation that was replaced; ``stop(by:)`` waits for the end of it.
    private func retireInBackground(_ living: LivingGeneration) {
        state.withLock { state in
            state.retirements[living.generation] = Task {
                await retire(living)
                self.state.withLock { $0.retirements[living.generation] = nil }
            }
        }
    }

    /// Lets other limits hold from now on, without touching what runs.
    func adjust(to specification: PluginSpecification, _ standing: SignatureStanding?) {
        state.withLock { state in
            state.edition = state.edition.adjusted(to: specification, standing)
            state.ledger.limits = CallLedger.Limits(specification)
            state.restarts.settings = specification.restart
            state.watchdog.grace = specification.hangGrace
        }
        settle()
    }

    /// Lets go of the version before, and of the state that was handed over, once nothing leads back to it.
    func forgetWayBack(at now: ContinuousClock.Instant) {
        state.withLock { state in
            if state.probation?.isOver(at: now) == true { state.probation = nil }
        }
    }

    /// A generation died in its probation: the version before is started again, at once.
    func goBack(because reason: String) {
        let image = imageDigest.prefix(12)
        let note =
            "version \(manifest.version) crashed (\(reason)) soon after it was loaded; the version before (image \(image)) serves again"
        state.withLock { $0.reloadNote = note }
        logger.error(
            "plugin \(alias): \(note). The library on disk is still the one that crashed",
            metadata: ["plugin": "\(alias)"]
        )
        // A failure is logged by the start, and told to the calls that need the plugin.
        Task { try? await start() }
    }
}

extension PluginHandle {
    /// How often a reload has moved the plugin's calls to another version.
    package var reloads: Int { state.withLock { $0.reloads } }

    /// What an operator should know about the last reload: that the version before came back.
    ///
    /// Nil when all is well.
    package var reloadNote: String? { state.withLock { $0.reloadNote } }
}
