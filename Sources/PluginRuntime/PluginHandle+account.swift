import Synchronization

extension PluginHandle {
    /// What the plugin is, does and takes now.
    ///
    /// Reads a few small files of /proc: for operators' questions, not for every call.
    package var account: PluginAccount {
        let now = ContinuousClock.now
        let confinement = confinement
        let (backend, account) = state.withLock { state in
            let failed = failures.load(ordering: .relaxed)
            return (state.backend, state.account(alias, failed: failed, confinement: confinement, at: now))
        }
        var result = account
        result.usage = backend.flatMap { backend in
            backend.process.flatMap { ProcessTable.usage(of: $0, isShared: backend.isShared) }
        }
        return result
    }
}

extension PluginState {
    fileprivate func account(
        _ alias: String,
        failed: Int,
        confinement: ConfinementReport,
        at now: ContinuousClock.Instant
    ) -> PluginAccount {
        let process =
            switch edition.specification.process {
            case .own: "own"
            case .host: "host"
            case .group(let name): name
            }
        return PluginAccount(
            alias: alias,
            name: manifest.name,
            version: manifest.version,
            imageDigest: edition.image.digest,
            generation: lastGeneration,
            process: process,
            state: accountState(at: now),
            since: since,
            usage: nil,
            confinement: confinement,
            callsInFlight: ledger.running,
            callsWaiting: ledger.waiting,
            callsAbandoned: ledger.abandoned,
            callsTotal: ledger.total,
            callsFailed: failed,
            queueWait: PluginAccount.QueueWait(
                total: ledger.waits.total.seconds,
                longest: ledger.waits.longest.seconds,
                p50: ledger.waits.quantile(0.5, at: now).seconds,
                p99: ledger.waits.quantile(0.99, at: now).seconds
            ),
            restarts: max(0, starts - 1 - reloads),
            deaths: restarts.deaths,
            reloads: reloads,
            lastCrash: lastCrash
        )
    }

    private func accountState(at now: ContinuousClock.Instant) -> PluginAccount.State {
        switch phase {
        case .starting: .starting
        case .running: ledger.stuck.isEmpty ? .running : .stuck
        case .stopped: .stopped
        case .idle:
            switch restarts.decide(at: now) {
            case .start: .idle
            case .wait: .pausing
            case .refuse: .quarantined
            }
        }
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(nanoseconds) / 1e9 }
}
