import CoreMetrics
import Synchronization

/// A number that goes up and down, or the last one of a recorder that does not aggregate.
final class GaugeSeries: MeterHandler, RecorderHandler, MetricSeries {
    private let number = Atomic<Double>(0)

    init() {}

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { number.store(value, ordering: .relaxed) }
    func increment(by amount: Double) { number.add(amount) }
    func decrement(by amount: Double) { number.add(-amount) }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    var value: MetricValue { .number(number.load(ordering: .relaxed)) }
}
