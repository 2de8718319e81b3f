/// Decides for every call of a cached tool: serve what is kept, wait for whoever asks already, or ask.
///
/// A pure state machine. It calls nobody: every function says what its caller has to do, so that calls are ended and plugins
/// are called outside of any lock. The clock comes in as an argument.
///
/// ```
/// lookup ─┬─ hit                                             a kept answer
///         ├─ stale ── refresh: read ── call ── ended         a kept answer, and a new one in the background
///         ├─ wait                                            somebody asks the same: their answer is ours
///         └─ lead ── read ─┬─ found ── serve everybody       the second level has it
///                          └─ absent ── call ── ended ─┬─ value    keep, serve everybody
///                                                      ├─ withdrawn, failed    the next in line calls
///                                                      └─ own      everybody calls for themselves
/// ```
///
/// A tag has a generation, and a count of the writes that may change what is kept under it. An answer is kept only when
/// the generations of its tags are those from before it was asked for and nobody is writing; it is served only while
/// they have not moved.
struct CacheMachine<Value: Sendable, Caller: Sendable>: Sendable {
    typealias Flight = CacheFlight<Caller>

    /// What second level there is.
    enum Level: Sendable {
        case none
        /// Nobody else purges it.
        case own
        /// Other hosts purge it: what is in memory must be checked against it.
        case shared
    }

    struct Settings: Sendable {
        /// Bytes of memory.
        var capacity = 64 << 20
        var level = Level.none
        /// How long an answer without tags is served without a look at the shared level's generations; one with tags
        /// is looked up for every call.
        var recheck = Duration.seconds(1)
        /// After a failed attempt in the background.
        var refreshPause = Duration.seconds(5)
    }

    /// A tag's generation, and who holds it up.
    struct TagState: Sendable {
        var generation: UInt64 = 0
        /// Writes that have begun and not ended.
        var writers = 0
        /// A write was given up: it may still be at work until then.
        var doubtUntil: ContinuousClock.Instant?
    }

    let settings: Settings
    var shelf: EntryShelf<Value>
    var tags: [CacheTag: TagState] = [:]
    var flights: [Flight.ID: Flight] = [:]
    /// The flight that new callers of a key may join.
    var joinable: [CacheKey: Flight.ID] = [:]
    /// What is fetched anew in the background.
    var refreshing: Set<CacheKey> = []
    var waiting: [Flight.WaiterID: Flight.ID] = [:]
    var lastNumber: UInt64 = 0
    var armed: ContinuousClock.Instant?

    init(_ settings: Settings = Settings()) {
        self.settings = settings
        shelf = EntryShelf(capacity: settings.capacity)
    }

    /// What a leader has to do next.
    enum Need: Sendable, Hashable {
        /// Ask the second level whether its generations are still those of the kept answer.
        case stamp
        /// Ask the second level for the answer.
        case record
        /// Ask the plugin.
        case call
    }

    enum Lookup: Sendable {
        /// A fresh answer, and how long it stays so.
        case hit(Value, remaining: Duration)
        /// An answer that was fresh a while ago.
        ///
        /// With a flight, the one who got it has to fetch a new one in the background.
        case stale(Value, refresh: (flight: Flight.ID, need: Need)?)
        /// Somebody asks already.
        ///
        /// `arm`: when ``expire(now:)`` has to be called, if that is earlier than it was.
        case wait(Flight.WaiterID, arm: ContinuousClock.Instant?)
        /// The caller is the first to ask.
        ///
        /// While the level is read it waits like those who join; with the need `call` it is the one who calls.
        case lead(Flight.ID, Flight.WaiterID, Need, arm: ContinuousClock.Instant?)
    }

    /// Looks for an answer.
    ///
    /// `deadline` is asked for only when the caller has to wait.
    mutating func lookup(
        _ key: CacheKey,
        _ label: CacheLabel,
        caller: Caller,
        deadline: @autoclosure () -> ContinuousClock.Instant,
        now: ContinuousClock.Instant
    ) -> Lookup {
        var need: Need = settings.level == .none ? .call : .record
        if let place = usable(key, now: now), let entry = shelf[place] {
            if now >= entry.freshUntil, now >= entry.staleUntil {
                // Kept for a failure only.
            } else if mustCheck(entry, now: now) {
                need = .stamp
            } else {
                shelf.touch(place)
                if now < entry.freshUntil { return .hit(entry.value, remaining: entry.freshUntil - now) }
                return .stale(entry.value, refresh: refresh(entry, need: need, now: now))
            }
        }
        // Who only has to have a kept answer checked does not wait for the plugin.
        if let id = joinable[key], let flight = flights[id], flight.generations == generations(of: label),
            need != .stamp || flight.isReading
        {
            let deadline = deadline()
            let waiter = join(id, caller, deadline)
            return .wait(waiter, arm: arm(for: deadline))
        }
        let id = begin(key, label)
        guard need != .call else {
            flights[id]?.stage = .calling(caller)
            return .lead(id, nextWaiter(), .call, arm: nil)
        }
        let deadline = deadline()
        let waiter = join(id, caller, deadline)
        return .lead(id, waiter, need, arm: arm(for: deadline))
    }

    /// The place of an entry that can still be of use; what cannot is dropped.
    mutating func usable(_ key: CacheKey, now: ContinuousClock.Instant) -> Int? {
        guard let place = shelf.place(of: key), let entry = shelf[place] else { return nil }
        guard now < entry.end, isCurrent(entry.generations, of: entry.label) else {
            shelf.remove(key)
            return nil
        }
        return place
    }

    private func mustCheck(_ entry: CacheEntry<Value>, now: ContinuousClock.Instant) -> Bool {
        guard settings.level == .shared else { return false }
        return !entry.label.tags.isEmpty || now >= entry.checked + settings.recheck
    }

    /// Begins a flight for a stale entry, unless there is one or the last one failed just now.
    private mutating func refresh(
        _ entry: CacheEntry<Value>,
        need: Need,
        now: ContinuousClock.Instant
    ) -> (flight: Flight.ID, need: Need)? {
        guard joinable[entry.key] == nil, mayRefresh(entry, now: now) else { return nil }
        let id = begin(entry.key, entry.label)
        refreshing.insert(entry.key)
        flights[id]?.isRefresh = true
        if need == .call { flights[id]?.stage = .calling(nil) }
        return (id, need)
    }

    func mayRefresh(_ entry: CacheEntry<Value>, now: ContinuousClock.Instant) -> Bool {
        !refreshing.contains(entry.key) && now >= entry.refreshAfter ?? now
    }

    private mutating func begin(_ key: CacheKey, _ label: CacheLabel) -> Flight.ID {
        lastNumber += 1
        let id = Flight.ID(number: lastNumber)
        flights[id] = Flight(id: id, key: key, label: label, generations: generations(of: label))
        joinable[key] = id
        return id
    }

    private mutating func nextWaiter() -> Flight.WaiterID {
        lastNumber += 1
        return Flight.WaiterID(number: lastNumber)
    }

    private mutating func join(
        _ id: Flight.ID,
        _ caller: Caller,
        _ deadline: ContinuousClock.Instant
    ) -> Flight.WaiterID {
        let waiter = nextWaiter()
        flights[id]?.waiters.append(.init(id: waiter, caller: caller, deadline: deadline))
        waiting[waiter] = id
        return waiter
    }

    // MARK: Callers that go

    /// A caller gave up; nil when it does not wait any more.
    mutating func leave(_ waiter: Flight.WaiterID) -> Caller? {
        guard let id = waiting.removeValue(forKey: waiter),
            let place = flights[id]?.waiters.firstIndex(where: { $0.id == waiter })
        else { return nil }
        return flights[id]?.waiters.remove(at: place).caller
    }

    /// What passed its deadline, and when to look again; nil when nobody waits.
    mutating func expire(now: ContinuousClock.Instant) -> (late: [Caller], arm: ContinuousClock.Instant?) {
        var late: [Caller] = []
        var next: ContinuousClock.Instant?
        for id in Set(waiting.values) {
            guard var flight = flights.removeValue(forKey: id) else { continue }
            flight.waiters.removeAll { waiter in
                guard waiter.deadline <= now else {
                    next = min(next ?? waiter.deadline, waiter.deadline)
                    return false
                }
                waiting[waiter.id] = nil
                late.append(waiter.caller)
                return true
            }
            flights[id] = flight
        }
        armed = next
        return (late, next)
    }

    private mutating func arm(for deadline: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        if let armed, armed <= deadline { return nil }
        armed = deadline
        return deadline
    }

    // MARK: Generations

    func generations(of label: CacheLabel) -> [UInt64] {
        label.tags.map { tags[$0]?.generation ?? 0 }
    }

    func isCurrent(_ generations: [UInt64], of label: CacheLabel) -> Bool {
        for (tag, generation) in zip(label.tags, generations)
        where tags[tag]?.generation ?? 0 != generation {
            return false
        }
        return true
    }
}
