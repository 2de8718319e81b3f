/// When an issuer's keys are asked for, and what is made of the answer; a value that the time is handed to.
///
/// ```
///            find: a key is there ──────────────> use it; when the set is old, fetch meanwhile
/// no key ──┬ under way ─────────────────────────> wait for it: one fetch, however many ask
///          ├ long enough since the last ────────> fetch, wait
///          ├ not long enough ───────────────────> unknown: a storm of invented names costs one fetch
///          └ there never was a set ─────────────> unavailable: the caller did nothing wrong
/// ```
///
/// A fetch that fails changes no key: an issuer that is out of order for a while locks nobody out.
struct KeySetMachine: Sendable {
    /// How long things take.
    struct Times: Sendable {
        /// Between two fetches, however many unknown keys are asked for.
        var interval = Duration.seconds(10)
        /// Until a set is fetched anew although nobody misses a key.
        var freshness = Duration.seconds(600)
        /// After the first failure; twice that after each further one, up to `longestPause`.
        var pause = Duration.seconds(1)
        var longestPause = Duration.seconds(60)
    }

    enum Answer: Sendable {
        /// `fetches`: the set is old, and whoever asked fetches it.
        case key(VerificationKey, fetches: Bool)
        case waits(fetches: Bool)
        case unknown
        case unavailable(retryAfter: Duration)
    }

    typealias Instant = ContinuousClock.Instant

    /// Counts the sets there have been: what was verified under another one has to be verified again.
    private(set) var generation = 0
    private let times: Times
    private var current: KeySet?
    private var since: Instant?
    private var begun: Instant?
    private var isFetching = false
    private var failures = 0

    init(times: Times = Times()) { self.times = times }

    /// Whether there is a set at all.
    var isKnown: Bool { current != nil }

    /// Asks for a key.
    ///
    /// Whoever is told to fetch must report ``fetched(_:at:)`` or ``failed(at:)``.
    mutating func find(_ id: String?, _ algorithm: TokenAlgorithm, at now: Instant) -> Answer {
        if let key = current?.key(named: id, algorithm) {
            let isOld = since.map { now - $0 >= times.freshness } ?? true
            return .key(key, fetches: isOld && begin(at: now))
        }
        if isFetching { return .waits(fetches: false) }
        if begin(at: now) { return .waits(fetches: true) }
        return settle(id, algorithm, at: now)
    }

    /// What those are told who waited for a fetch that has ended.
    func settle(_ id: String?, _ algorithm: TokenAlgorithm, at now: Instant) -> Answer {
        guard let current else { return .unavailable(retryAfter: max(.seconds(1), untilNext(now))) }
        return current.key(named: id, algorithm).map { .key($0, fetches: false) } ?? .unknown
    }

    /// Begins a fetch ahead of anybody's asking; false when none may begin.
    mutating func begin(at now: Instant) -> Bool {
        guard !isFetching, untilNext(now) <= .zero else { return false }
        isFetching = true
        begun = now
        return true
    }

    mutating func fetched(_ new: KeySet, at now: Instant) {
        isFetching = false
        failures = 0
        current = new
        since = now
        generation += 1
    }

    mutating func failed(at now: Instant) {
        isFetching = false
        failures += 1
    }

    private func untilNext(_ now: Instant) -> Duration {
        guard let begun else { return .zero }
        guard failures > 0 else { return times.interval - (now - begun) }
        let factor = 1 << min(failures - 1, 16)
        return min(times.pause * factor, times.longestPause) - (now - begun)
    }
}
