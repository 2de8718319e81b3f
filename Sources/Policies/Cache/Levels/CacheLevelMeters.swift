import Metrics
import RoostJSON

/// What was asked of one level since the start, and how it went.
final class CacheLevelMeters: Sendable {
    enum Operation: String, Sendable, CaseIterable { case check, read, write, purge }
    enum Outcome: String, Sendable, CaseIterable {
        case done
        /// Nothing there.
        case missed
        /// The level could not be asked.
        case failed
    }

    private struct Pair: Hashable {
        var operation: Operation
        var outcome: Outcome
    }

    private let level: String
    private let counts: [Pair: (count: CacheCounters.Counted, metric: Counter)]

    init(level: String, factory: any MetricsFactory) {
        self.level = level
        var counts: [Pair: (count: CacheCounters.Counted, metric: Counter)] = [:]
        for operation in Operation.allCases {
            for outcome in Outcome.allCases {
                let labels = [
                    ("level", level), ("operation", operation.rawValue), ("outcome", outcome.rawValue),
                ]
                counts[Pair(operation: operation, outcome: outcome)] = (
                    CacheCounters.Counted(),
                    Counter(label: "roost_cache_level_operations_total", dimensions: labels, factory: factory)
                )
            }
        }
        self.counts = counts
    }

    func count(_ operation: Operation, _ outcome: Outcome) {
        guard let entry = counts[Pair(operation: operation, outcome: outcome)] else { return }
        entry.count.increment()
        entry.metric.increment()
    }

    /// The level's name and every count that is not zero.
    var json: JSONObject {
        var json: JSONObject = ["level": .string(level)]
        for operation in Operation.allCases {
            for outcome in Outcome.allCases {
                let count = counts[Pair(operation: operation, outcome: outcome)]?.count.current ?? 0
                if count > 0 { json["\(operation)_\(outcome)"] = .integer(Int64(count)) }
            }
        }
        return json
    }
}
