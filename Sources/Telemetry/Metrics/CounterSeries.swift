import CoreMetrics
import Synchronization

/// A count in whole numbers.
final class CounterSeries: CounterHandler, MetricSeries {
    private let count = Atomic<Int64>(0)

    init() {}

    func increment(by amount: Int64) {
        // A counter that falls would be read as a restart.
        guard amount > 0 else { return }
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() { count.store(0, ordering: .relaxed) }

    var value: MetricValue { .integer(count.load(ordering: .relaxed)) }
}
