import CoreMetrics
import Synchronization

/// Observations sorted into buckets: a timer's, in seconds, or a recorder's, in its own unit.
///
/// An observation is two atomic additions; nobody waits for anybody. A scrape in the middle of one may miss its sum by that
/// one observation.
final class HistogramSeries: TimerHandler, RecorderHandler, MetricSeries {
    /// Buckets there can be, the one without a bound included.
    static let capacity = 20

    private let bounds: HistogramBounds
    private let counts = InlineArray<20, Atomic<UInt64>> { _ in Atomic(0) }
    private let sum = Atomic<Double>(0)

    init(_ bounds: HistogramBounds) { self.bounds = bounds }

    func recordNanoseconds(_ duration: Int64) { observe(Double(max(0, duration)) / 1e9) }
    func record(_ value: Int64) { observe(Double(value)) }
    func record(_ value: Double) { observe(value) }

    private func observe(_ value: Double) {
        guard !value.isNaN else { return }
        var place = 0
        let bounds = bounds.values
        while place < bounds.count, value > bounds[place] { place += 1 }
        counts[place].wrappingAdd(1, ordering: .relaxed)
        sum.add(value)
    }

    var value: MetricValue {
        let places = 0...bounds.values.count
        return .histogram(
            bounds: bounds.values,
            counts: places.map { counts[$0].load(ordering: .relaxed) },
            sum: sum.load(ordering: .relaxed)
        )
    }
}
