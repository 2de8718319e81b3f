package import CoreMetrics
import Synchronization

/// The host's metrics: what swift-metrics' handles write to and `GET /metrics` reads.
///
/// Making a handle takes a lock and looks names up, so it is done once for each plugin, tool or outcome; using one is an atomic
/// addition on any thread.
///
/// ```
/// Counter, Gauge, Meter, Recorder, Timer ── atomic ──> series ──┐
/// collectors: closures asked at scrape time ─────────────────────┴─> samples ──> text
/// ```
package final class MetricsRegistry: Sendable {
    /// Asked at every scrape for what nobody counts on the way: memory of processes, open calls.
    package typealias Collector = @Sendable (inout MetricSamples) -> Void

    private struct State {
        var families: [String: MetricFamily] = [:]
        var collectors: [Collector] = []
        /// Handles that asked for a name in another kind than it has.
        var conflicts: Int64 = 0
    }

    private let seriesLimit: Int
    private let state = Mutex(State())

    /// `seriesLimit`: series one metric may have; more share the label value `other`.
    ///
    /// Default 1,000.
    package init(seriesLimit: Int = 1_000) { self.seriesLimit = seriesLimit }

    /// Has a closure asked at every scrape.
    ///
    /// It runs on the thread of the scrape, never on an event loop, and should take well under a millisecond.
    package func collect(_ collector: @escaping Collector) {
        state.withLock { $0.collectors.append(collector) }
    }

    /// Everything at this moment.
    package func samples() -> MetricSamples {
        let (families, collectors, conflicts) = state.withLock { ($0.families, $0.collectors, $0.conflicts) }
        var samples = MetricSamples()
        for (name, family) in families {
            samples.add(
                name,
                family.kind,
                family.all.map { MetricSamples.Sample(labels: $0.labels, value: $0.series.value) }
            )
            if family.overflows > 0 {
                samples.counter("roost_metrics_overflows_total", family.overflows, [("metric", name)])
            }
        }
        if conflicts > 0 { samples.counter("roost_metrics_conflicts_total", conflicts) }
        for collector in collectors { collector(&samples) }
        return samples
    }

    /// The series a handle writes to.
    ///
    /// A name that is in use for another kind gets a series nobody reads, and the conflict is counted.
    private func series<Series: MetricSeries>(
        _ label: String,
        _ dimensions: [(String, String)],
        _ kind: MetricKind,
        isTimer: Bool = false,
        _ make: (String) -> Series
    ) -> Series {
        let name = MetricName.family(label, kind, isTimer: isTimer)
        let labels = MetricLabels(dimensions)
        let found: Series? = state.withLock { state in
            var family = state.families[name] ?? MetricFamily(kind)
            guard family.kind == kind else {
                state.conflicts += 1
                return nil
            }
            let series = family.series(labels, limit: seriesLimit) { make(name) }
            if series == nil { state.conflicts += 1 }
            state.families[name] = family
            return series
        }
        return found ?? make(name)
    }

    private func release(_ handler: AnyObject) {
        state.withLock { state in
            for name in Array(state.families.keys) { state.families[name]?.release(handler) }
        }
    }
}

extension MetricsRegistry: MetricsFactory {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter) { _ in CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter) { _ in FloatingPointCounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge) { _ in GaugeSeries() }
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(label, dimensions, .gauge) { _ in GaugeSeries() } }
        return series(label, dimensions, .histogram) { HistogramSeries(.suited(to: $0)) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram, isTimer: true) { _ in HistogramSeries(.seconds) }
    }

    package func destroyCounter(_ handler: any CounterHandler) { release(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { release(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { release(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { release(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { release(handler) }
}
