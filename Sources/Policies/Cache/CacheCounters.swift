import Gateway
import Metrics
import Synchronization

/// What happened to the calls of one plugin's cached tools since the start.
final class CacheCounters: Sendable {
    private let lookups: [CallNotes.Cache: Counted]
    private let kept: Counter
    private let invalidated: Counter
    private let keptCount = Counted()
    private let invalidatedCount = Counted()

    /// A number that only rises.
    final class Counted: Sendable {
        private let value = Atomic(0)
        func increment() { value.add(1, ordering: .relaxed) }
        var current: Int { value.load(ordering: .relaxed) }
    }

    init(plugin: String, factory: any MetricsFactory) {
        lookups = Dictionary(uniqueKeysWithValues: CallNotes.Cache.allCases.map { ($0, Counted()) })
        let labels = [("server", plugin)]
        kept = Counter(label: "roost_cache_stores_total", dimensions: labels, factory: factory)
        invalidated = Counter(label: "roost_cache_invalidations_total", dimensions: labels, factory: factory)
    }

    /// What came of a call; the metric of it is the chain's own, which reads the call's notes.
    func count(_ outcome: CallNotes.Cache) { lookups[outcome]?.increment() }

    /// An answer was kept.
    func countKept() {
        keptCount.increment()
        kept.increment()
    }

    /// A tool that writes has purged what it names.
    func countInvalidated() {
        invalidatedCount.increment()
        invalidated.increment()
    }

    /// Every number by its name.
    var numbers: [(name: String, count: Int)] {
        CallNotes.Cache.allCases.map { ($0.rawValue, lookups[$0]?.current ?? 0) }
            + [("stores", keptCount.current), ("invalidations", invalidatedCount.current)]
    }
}
