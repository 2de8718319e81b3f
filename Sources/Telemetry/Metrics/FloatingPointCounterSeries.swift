import CoreMetrics
import Synchronization

/// A count with fractions, such as seconds of work.
final class FloatingPointCounterSeries: FloatingPointCounterHandler, MetricSeries {
    private let count = Atomic<Double>(0)

    init() {}

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        count.add(amount)
    }

    func reset() { count.store(0, ordering: .relaxed) }

    var value: MetricValue { .number(count.load(ordering: .relaxed)) }
}

extension Atomic<Double> {
    /// Adds without a lock; the processor has no instruction for it, so this tries until nobody was between.
    func add(_ amount: Double) {
        var current = load(ordering: .relaxed)
        while true {
            let (exchanged, original) = weakCompareExchange(
                expected: current,
                desired: current + amount,
                ordering: .relaxed
            )
            if exchanged { return }
            current = original
        }
    }
}
