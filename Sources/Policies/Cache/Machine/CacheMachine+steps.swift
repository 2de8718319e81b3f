/// What follows when the second level, or the plugin, has answered a flight.
extension CacheMachine {
    /// What the second level said.
    enum Reading: Sendable {
        /// The answer, kept `age` ago by somebody who saw these generations.
        case found(Value, bytes: Int, age: Duration, stamp: CacheStamp)
        /// No answer; the generations, when it could say them.
        case absent(CacheStamp?)
    }

    enum Step: Sendable {
        /// Nobody waits any more.
        case rest
        /// Give these the answer, and fetch a new one in the background when a flight is named.
        case serve([Caller], Value, remaining: Duration, refresh: Flight.ID?)
        /// Ask the second level for the answer.
        case read(Flight.ID)
        /// This caller asks the plugin; nil: ask in the background.
        case call(Flight.ID, Caller?)
    }

    /// The generations of the second level are known; nil: it could not be asked.
    mutating func stamped(_ id: Flight.ID, _ stamp: CacheStamp?, now: ContinuousClock.Instant) -> Step {
        guard let flight = flights[id] else { return .rest }
        guard let place = usable(flight.key, now: now), let entry = shelf[place], now < entry.staleUntil
        else {
            return stamp == nil ? absent(id, nil) : .read(id)
        }
        if let stamp, entry.stamp != stamp {
            shelf.remove(flight.key)
            return .read(id)
        }
        // Without an answer of the level an entry under a tag may be outdated by what another host wrote; one
        // without can only have been purged by an operator, and that is found out once the level is back.
        if stamp == nil, !entry.label.tags.isEmpty { return absent(id, nil) }
        shelf[place]?.checked = now
        shelf.touch(place)
        return serve(id, entry, now: now)
    }

    /// The second level was asked for the answer.
    mutating func read(_ id: Flight.ID, _ reading: Reading, now: ContinuousClock.Instant) -> Step {
        guard let flight = flights[id] else { return .rest }
        switch reading {
        case .absent(let stamp): return absent(id, stamp)
        case .found(let value, let bytes, let age, let stamp):
            let terms = flight.label.terms
            let stored = now - max(age, .zero)
            guard stored + terms.longest > now, mayKeep(flight, now: now) else { return absent(id, stamp) }
            let entry = entry(value, bytes, of: flight, stored: stored, terms: terms, stamp: stamp, now: now)
            shelf.insert(entry)
            guard now < max(entry.freshUntil, entry.staleUntil) else { return absent(id, stamp) }
            return serve(id, entry, now: now)
        }
    }

    /// The plugin has to be asked: by the first in line, or in the background when the flight began there.
    private mutating func absent(_ id: Flight.ID, _ stamp: CacheStamp?) -> Step {
        guard var flight = flights.removeValue(forKey: id) else { return .rest }
        flight.stamp = stamp
        guard !flight.waiters.isEmpty else {
            guard flight.isRefresh else {
                close(flight)
                return .rest
            }
            flight.stage = .calling(nil)
            flights[id] = flight
            return .call(id, nil)
        }
        let first = takeFirst(of: &flight)
        flights[id] = flight
        return .call(id, first)
    }

    private mutating func serve(
        _ id: Flight.ID,
        _ entry: CacheEntry<Value>,
        now: ContinuousClock.Instant
    ) -> Step {
        guard var flight = flights.removeValue(forKey: id) else { return .rest }
        let callers = release(&flight)
        let goesOn =
            now >= entry.freshUntil && (flight.isRefresh || !callers.isEmpty && mayRefresh(entry, now: now))
        guard goesOn else {
            close(flight)
            let remaining = max(.zero, entry.freshUntil - now)
            return .serve(callers, entry.value, remaining: remaining, refresh: nil)
        }
        flight.isRefresh = true
        refreshing.insert(flight.key)
        flight.stage = .calling(nil)
        flights[id] = flight
        return .serve(callers, entry.value, remaining: .zero, refresh: id)
    }

    // MARK: The plugin's answer

    /// What a call to the plugin came to, as far as the cache is concerned.
    enum Ending: Sendable {
        /// A good answer; `timeToLive` is the shorter of the rule's and the answer's own, nil: not to be kept.
        case value(Value, bytes: Int, timeToLive: Duration?)
        /// An answer that is never kept, yet the right one for everybody who asked the same: an error of the tool.
        case answer
        /// An answer for the one who asked only.
        case own
        /// The one who called gave up, or its deadline passed.
        case withdrawn
        /// The plugin gave no usable answer.
        case failed
    }

    /// What to do when a call to the plugin has ended.
    struct Settlement: Sendable {
        /// These get the outcome.
        var answer: [Caller] = []
        /// These get the kept answer instead.
        var fallback: [Caller] = []
        /// The kept answer for them.
        var kept: Value?
        /// Each of these makes a call of its own.
        var release: [Caller] = []
        /// The flight goes on: this caller asks the plugin now.
        var next: Caller?
        /// True when the answer is kept.
        var isKept = false
        /// The second level is to keep the answer.
        var keep: Keep?
    }

    /// An answer for the second level, with the generations from before it was asked for.
    struct Keep: Sendable {
        var key: CacheKey
        var label: CacheLabel
        var value: Value
        var stamp: CacheStamp
    }

    /// The call of a flight has ended.
    mutating func ended(_ id: Flight.ID, _ ending: Ending, now: ContinuousClock.Instant) -> Settlement {
        guard var flight = flights.removeValue(forKey: id) else { return Settlement() }
        var worker: [Caller] = []
        if case .calling(let caller?) = flight.stage { worker = [caller] }
        var settlement = Settlement()
        switch ending {
        case .value(let value, let bytes, let timeToLive):
            if let timeToLive, mayKeep(flight, now: now) {
                settlement.isKept = true
                settlement.keep = keep(value, bytes, timeToLive, of: flight, now: now)
            }
            settlement.answer = worker + release(&flight)
        case .answer:
            settlement.answer = worker + release(&flight)
            fallBack(&settlement, flight, now: now)
        case .own:
            settlement.answer = worker
            settlement.release = release(&flight)
        case .withdrawn:
            settlement.answer = worker
            fallBack(&settlement, flight, now: now)
            if !flight.waiters.isEmpty { return goOn(flight, settlement) }
        case .failed:
            settlement.answer = worker
            fallBack(&settlement, flight, now: now)
            if settlement.kept == nil, !flight.hasRetried, !flight.waiters.isEmpty {
                flight.hasRetried = true
                return goOn(flight, settlement)
            }
            if settlement.kept == nil {
                settlement.answer += release(&flight)
            } else {
                settlement.fallback += release(&flight)
            }
        }
        close(flight)
        return settlement
    }

    private mutating func goOn(_ flight: Flight, _ settlement: Settlement) -> Settlement {
        var (flight, settlement) = (flight, settlement)
        settlement.next = takeFirst(of: &flight)
        flights[flight.id] = flight
        return settlement
    }

    /// Gives the kept answer in place of a bad one where the rule allows it.
    private mutating func fallBack(
        _ settlement: inout Settlement,
        _ flight: Flight,
        now: ContinuousClock.Instant
    ) {
        guard let place = usable(flight.key, now: now), let entry = shelf[place] else { return }
        let pause = now + settings.refreshPause
        shelf[place]?.refreshAfter = pause
        guard now < entry.failureUntil else { return }
        // What another host wrote meanwhile is known only while the shared level answers.
        if settings.level == .shared, flight.stamp.map({ $0 != entry.stamp }) ?? !entry.label.tags.isEmpty {
            return
        }
        settlement.fallback = settlement.answer
        settlement.answer = []
        settlement.kept = entry.value
    }

    private func mayKeep(_ flight: Flight, now: ContinuousClock.Instant) -> Bool {
        !flight.isPurged && isCurrent(flight.generations, of: flight.label) && isQuiet(flight.label, now: now)
    }

    private mutating func keep(
        _ value: Value,
        _ bytes: Int,
        _ timeToLive: Duration,
        of flight: Flight,
        now: ContinuousClock.Instant
    ) -> Keep? {
        var terms = flight.label.terms
        terms.timeToLive = timeToLive
        let entry = entry(value, bytes, of: flight, stored: now, terms: terms, stamp: flight.stamp, now: now)
        shelf.insert(entry)
        guard let stamp = flight.stamp else { return nil }
        return Keep(key: flight.key, label: flight.label, value: value, stamp: stamp)
    }

    private func entry(
        _ value: Value,
        _ bytes: Int,
        of flight: Flight,
        stored: ContinuousClock.Instant,
        terms: CacheTerms,
        stamp: CacheStamp?,
        now: ContinuousClock.Instant
    ) -> CacheEntry<Value> {
        let freshUntil = stored + terms.timeToLive
        return CacheEntry(
            key: flight.key,
            label: flight.label,
            value: value,
            bytes: bytes,
            freshUntil: freshUntil,
            staleUntil: freshUntil + terms.staleWhileRevalidate,
            failureUntil: freshUntil + terms.staleIfError,
            generations: flight.generations,
            stamp: stamp,
            checked: now
        )
    }

    // MARK: Flights

    /// Makes the first in line the one who calls.
    private mutating func takeFirst(of flight: inout Flight) -> Caller {
        let first = flight.waiters.removeFirst()
        waiting[first.id] = nil
        flight.stage = .calling(first.caller)
        return first.caller
    }

    /// Everybody in line, who is not in line any more.
    private mutating func release(_ flight: inout Flight) -> [Caller] {
        defer { flight.waiters = [] }
        for waiter in flight.waiters { waiting[waiter.id] = nil }
        return flight.waiters.map(\.caller)
    }

    private mutating func close(_ flight: Flight) {
        if joinable[flight.key] == flight.id { joinable[flight.key] = nil }
        if flight.isRefresh { refreshing.remove(flight.key) }
    }
}
