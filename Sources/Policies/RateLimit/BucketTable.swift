/// The buckets of rate limits in memory, as many as there is room for.
///
/// A pure state machine. A bucket that is whole again says nothing and goes first when room is needed; then go those that are
/// nearest to it, so that a flood of new callers never sets an exhausted one free before all others.
struct BucketTable: Sendable {
    /// Buckets at most, at least 4.
    let capacity: Int
    private var arrivals: [BucketKey: Int64] = [:]

    init(capacity: Int) { self.capacity = max(4, capacity) }

    var count: Int { arrivals.count }

    /// Takes one call out of a bucket, or refuses it.
    mutating func take(_ key: BucketKey, _ gcra: GCRA, now: Int64) -> GCRA.Decision {
        let known = arrivals[key]
        let decision = gcra.decide(known, now: now)
        if decision.isAllowed {
            if known == nil, arrivals.count >= capacity { makeRoom(now: now) }
            arrivals[key] = decision.arrival
        }
        return decision
    }

    /// Puts the call that ``take(_:_:now:)`` allowed back: another rule refused it.
    mutating func giveBack(_ key: BucketKey, _ gcra: GCRA) { arrivals[key]? -= gcra.interval }

    /// Frees a quarter at least, so that the work is done once in many calls.
    private mutating func makeRoom(now: Int64) {
        arrivals = arrivals.filter { $0.value > now }
        let kept = capacity - capacity / 4
        guard arrivals.count > kept else { return }
        let limit = arrivals.values.sorted()[arrivals.count - kept]
        arrivals = arrivals.filter { $0.value >= limit }
        // Many equal ones may stand at the limit.
        while arrivals.count >= capacity, let any = arrivals.first(where: { $0.value == limit }) {
            arrivals[any.key] = nil
        }
    }
}
