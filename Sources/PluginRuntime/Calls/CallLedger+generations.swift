// The plugin comes and goes: which generation takes calls, and what becomes of those it had.

extension CallLedger {
    /// A generation runs and takes calls from here on; the one before it drains.
    ///
    /// `pluginLimit` is what the plugin's descriptor allows at once; 0: no limit of its own.
    mutating func open(_ generation: Generation, pluginLimit: Int) {
        generations.open(generation, pluginLimit: pluginLimit)
        stuck = []
    }

    /// Lets no call begin until ``resume()``, although the plugin runs; what runs goes on, and nothing is refused.
    mutating func hold() { holds += 1 }

    /// Ends one ``hold()``.
    mutating func resume() { holds -= 1 }

    /// True when a generation has no call left, abandoned ones included.
    func isDrained(_ generation: Generation) -> Bool { generations[generation].isEmpty }

    /// The latest deadline of the calls that a generation has; nil when it has none.
    func lastDeadline(of generation: Generation) -> ContinuousClock.Instant? {
        entries.values.lazy.filter { $0.generation == generation }.map(\.deadline).max()
    }

    /// The process of a generation died: every call it had fails, what waits goes on waiting for the next one.
    ///
    /// `next` is the rest of the sentence: what the next call may expect; nil: it is served.
    mutating func die(
        _ generation: Generation,
        because death: CellDeath,
        next: String? = nil
    ) -> [Delivery] {
        let next =
            next
            ?? (generations.current == generation
                ? "it is started again for the next call" : "a newer start of it serves the next call")
        return end(generation) { [alias] target in
            PluginFailure(
                .crashed,
                plugin: alias,
                "\(death.sentence(for: alias, during: target)); \(next)"
            )
        }
    }

    /// The calls a generation has, for the report of its death.
    func stricken(_ generation: Generation, now: ContinuousClock.Instant) -> [StrickenCall] {
        entries.filter { $0.value.generation == generation }.sorted { $0.key.value < $1.key.value }.map {
            token,
            entry in
            var isAbandoned = false
            if case .abandoned = entry.stage { isAbandoned = true }
            return StrickenCall(
                plugin: alias,
                method: entry.method,
                target: entry.target,
                token: token,
                age: now - entry.since,
                arguments: RedactedArguments.value(of: entry.arguments),
                isAbandoned: isAbandoned
            )
        }
    }

    /// A call that a generation has and that nobody waits for, for the watchdog; nil when it has been given back.
    func watched(_ token: CallToken) -> Watchdog.Call? {
        guard let entry = entries[token], case .abandoned(let generation) = entry.stage else { return nil }
        return Watchdog.Call(
            token: token,
            generation: generation,
            target: entry.target,
            deadline: entry.deadline
        )
    }

    /// A generation will not give this call back, and cannot be replaced: the call keeps its place.
    mutating func keepPlace(of token: CallToken) {
        guard let generation = watched(token)?.generation, generation == generations.current else { return }
        stuck.insert(token)
    }

    /// A generation is stopped: what it still has fails, and late completions are ignored from here on.
    mutating func retire(_ generation: Generation) -> [Delivery] {
        end(generation) { [alias] target in
            PluginFailure(
                .stopping,
                plugin: alias,
                "\(target) of plugin \(alias) had no answer when the version it ran in was stopped after a reload"
            )
        }
    }

    private mutating func end(
        _ generation: Generation,
        _ failure: (_ target: String) -> PluginFailure
    ) -> [Delivery] {
        var deliveries: [Delivery] = []
        for (token, entry) in entries where entry.generation == generation {
            entries[token] = nil
            guard case .running = entry.stage else { continue }
            let delivery = Delivery(observer: entry.observer, outcome: .failed(failure(entry.target)))
            if let delivery = reports.end(token, delivery) { deliveries.append(delivery) }
        }
        generations.remove(generation)
        return deliveries
    }

    /// The plugin would not start: every waiting call fails with `failure`.
    ///
    /// With `moment` only those whose deadline comes before it.
    mutating func failWaiting(
        before moment: ContinuousClock.Instant? = nil,
        with failure: PluginFailure
    ) -> [Delivery] {
        var deliveries: [Delivery] = []
        for (token, entry) in entries {
            guard case .waiting = entry.stage else { continue }
            if let moment, entry.deadline >= moment { continue }
            waiting -= 1
            entries[token] = nil
            let delivery = Delivery(observer: entry.observer, outcome: .failed(failure))
            if let delivery = reports.end(token, delivery) { deliveries.append(delivery) }
        }
        return deliveries
    }

    /// No further call is accepted; what is open goes on.
    mutating func drain() { isDraining = true }

    /// The drain is over: what is still open fails, and late completions are ignored from here on.
    mutating func close() -> [Delivery] {
        isDraining = true
        let failure = PluginFailure(
            .stopping,
            plugin: alias,
            "plugin \(alias) was stopped before it had answered"
        )
        var deliveries: [Delivery] = []
        for (token, entry) in entries {
            if case .abandoned = entry.stage { continue }
            let delivery = Delivery(observer: entry.observer, outcome: .failed(failure))
            if let delivery = reports.end(token, delivery) { deliveries.append(delivery) }
        }
        entries = [:]
        waiting = 0
        generations = GenerationPlaces()
        stuck = []
        return deliveries
    }
}
