// How calls end: by the plugin, by their caller, by the clock.

extension CallLedger {
    /// What the observer of a call has to hear.
    struct Delivery: Sendable {
        var observer: any PluginCallObserver
        var outcome: PluginOutcome
    }

    /// What a completion meant.
    enum Completion: Sendable {
        /// The call has ended. Nil: a report is under way on another thread, and its end brings the delivery.
        case ended(Delivery?)
        /// The caller was told before; nobody waits for this.
        case late
        /// No such call: it has ended already or never was.
        case unknown
    }

    /// The plugin completed a call.
    ///
    /// A plugin that gives up because the deadline has passed may be quicker than the timer: the caller hears of the
    /// deadline all the same.
    mutating func complete(
        _ token: CallToken,
        with outcome: PluginOutcome,
        now: ContinuousClock.Instant
    ) -> Completion {
        guard let entry = entries[token] else { return .unknown }
        switch entry.stage {
        case .waiting:
            return .unknown
        case .abandoned(let generation):
            entries[token] = nil
            generations.letGo(in: generation)
            if !stuck.isEmpty { stuck.remove(token) }
            return .late
        case .running(let generation):
            entries[token] = nil
            generations.end(in: generation)
            service.add(now - entry.since)
            var delivery = Delivery(observer: entry.observer, outcome: outcome)
            if case .cancelled = outcome, entry.deadline <= now.advanced(by: Self.clockTolerance) {
                delivery.outcome = overdue(entry, "while the plugin worked on it")
            }
            return .ended(reports.end(token, delivery))
        }
    }

    /// The plugin reads its deadline from another clock than the host does.
    private static let clockTolerance = Duration.milliseconds(1)

    private func overdue(_ entry: Entry, _ place: String) -> PluginOutcome {
        let message = "\(entry.target) of plugin \(alias) passed its deadline \(place)"
        return .failed(PluginFailure(.deadline, plugin: alias, message))
    }

    /// What a cancellation meant.
    enum Cancellation: Sendable {
        /// The generation has the call: ask it for an early end.
        case running(Generation, Delivery?)
        /// The plugin never saw the call.
        case waiting(Delivery?)
        /// The call has ended already: nothing to do.
        case gone
    }

    /// The caller gave a call up.
    mutating func cancel(_ token: CallToken) -> Cancellation {
        guard let entry = entries[token] else { return .gone }
        let delivery = Delivery(observer: entry.observer, outcome: .cancelled)
        switch entry.stage {
        case .abandoned: return .gone
        case .waiting:
            entries[token] = nil
            waiting -= 1
            return .waiting(reports.end(token, delivery))
        case .running(let generation):
            abandon(token, in: generation)
            return .running(generation, reports.end(token, delivery))
        }
    }

    /// What passed its deadline.
    struct Expiry: Sendable {
        var deliveries: [Delivery] = []
        /// Calls that a generation still has: ask it for an early end.
        var running: [(call: CallToken, generation: Generation)] = []
        /// When the timer has to go off next; nil when nothing is open.
        var arm: ContinuousClock.Instant?
    }

    /// The timer went off: ends what has passed its deadline.
    mutating func expire(now: ContinuousClock.Instant) -> Expiry {
        var expiry = Expiry()
        for (token, entry) in entries {
            if case .abandoned = entry.stage { continue }
            guard entry.deadline <= now else {
                expiry.arm = min(expiry.arm ?? entry.deadline, entry.deadline)
                continue
            }
            var place = "while it waited for a place"
            if case .running(let generation) = entry.stage {
                abandon(token, in: generation)
                // As long at least: a plugin that hangs is seen as slow.
                service.add(now - entry.since)
                expiry.running.append((token, generation))
                place = "while the plugin worked on it"
            } else {
                entries[token] = nil
                waiting -= 1
            }
            let delivery = Delivery(observer: entry.observer, outcome: overdue(entry, place))
            if let delivery = reports.end(token, delivery) { expiry.deliveries.append(delivery) }
        }
        armed = expiry.arm
        return expiry
    }

    private mutating func abandon(_ token: CallToken, in generation: Generation) {
        entries[token]?.stage = .abandoned(generation)
        generations.abandon(in: generation)
    }
}
