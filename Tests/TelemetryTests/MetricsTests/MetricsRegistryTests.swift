import CoreMetrics
import Telemetry
import Testing

@Suite("Metrics are collected")
struct MetricsRegistryTests {
    private let registry = MetricsRegistry(seriesLimit: 3)

    private func text(_ format: ExpositionFormat = .prometheus) -> [String] {
        ExpositionWriter.text(registry.samples(), as: format).split(separator: "\n").map(String.init)
    }

    @Test("every kind of handle of swift-metrics has a place")
    func kinds() {
        Counter(label: "calls_total", dimensions: [("server", "echo")], factory: registry).increment(by: 3)
        FloatingPointCounter(label: "work_seconds_total", factory: registry).increment(by: 1.5)
        Meter(label: "open", factory: registry).set(7)
        Gauge(label: "level", factory: registry).record(2.5)
        Recorder(label: "size_bytes", dimensions: [], factory: registry).record(100)
        Timer(label: "took_seconds", dimensions: [], factory: registry).recordNanoseconds(2_000_000)
        let text = text()
        #expect(text.contains(#"calls_total{server="echo"} 3"#))
        #expect(text.contains("work_seconds_total 1.5"))
        #expect(text.contains("open 7"))
        #expect(text.contains("level 2.5"))
        #expect(text.contains(#"size_bytes_bucket{le="64.0"} 0"#))
        #expect(text.contains(#"size_bytes_bucket{le="256.0"} 1"#))
        #expect(text.contains(#"took_seconds_bucket{le="0.001"} 0"#))
        #expect(text.contains(#"took_seconds_bucket{le="0.0025"} 1"#))
        #expect(text.contains(#"took_seconds_bucket{le="+Inf"} 1"#))
        #expect(text.contains("took_seconds_sum 0.002") && text.contains("took_seconds_count 1"))
    }

    @Test("a counter never falls, and a number that is none changes nothing")
    func monotonic() {
        let counter = Counter(label: "calls_total", dimensions: [], factory: registry)
        counter.increment(by: 5)
        counter.increment(by: -3)
        let work = FloatingPointCounter(label: "work_total", factory: registry)
        work.increment(by: 2)
        for nonsense in [-1, .nan, .infinity] { work.increment(by: nonsense) }
        Recorder(label: "size_bytes", dimensions: [], factory: registry).record(Double.nan)
        let text = text()
        #expect(text.contains("calls_total 5") && text.contains("work_total 2"))
        #expect(text.contains("size_bytes_count 0") && text.contains("size_bytes_sum 0"))
    }

    @Test("an observation falls into the first bucket whose bound it does not pass, bounds included")
    func buckets() {
        let timer = Timer(label: "took_seconds", dimensions: [], factory: registry)
        for nanoseconds in [50_000, 50_001, 60_000_000_000, 61_000_000_000] as [Int64] {
            timer.recordNanoseconds(nanoseconds)
        }
        let text = text()
        #expect(text.contains(#"took_seconds_bucket{le="5e-05"} 1"#))
        #expect(text.contains(#"took_seconds_bucket{le="0.0001"} 2"#))
        #expect(text.contains(#"took_seconds_bucket{le="60.0"} 3"#))
        #expect(text.contains(#"took_seconds_bucket{le="+Inf"} 4"#))
    }

    @Test("equal labels share a series, and beyond the limit new ones share `other`, which is counted")
    func cardinality() {
        for client in ["a", "b", "c", "a", "d", "e"] {
            Counter(label: "calls_total", dimensions: [("client", client)], factory: registry).increment()
        }
        let text = text()
        #expect(text.contains(#"calls_total{client="a"} 2"#))
        #expect(text.contains(#"calls_total{client="other"} 2"#))
        #expect(!text.contains { $0.contains("client=\"d\"") })
        #expect(text.contains(#"roost_metrics_overflows_total{metric="calls"} 2"#))
    }

    @Test("10,000 labels take the place of a few")
    func bounded() {
        for client in 0..<10_000 {
            Counter(label: "calls_total", dimensions: [("client", "\(client)")], factory: registry)
                .increment()
        }
        let lines = text().filter { $0.hasPrefix("calls_total") }
        #expect(lines.count == 4)
        #expect(lines.contains(#"calls_total{client="other"} 9997"#))
    }

    @Test("a name in two kinds keeps the first, and the conflict is counted, not lost")
    func conflicts() {
        Counter(label: "calls_total", dimensions: [], factory: registry).increment()
        let meter = Meter(label: "calls", factory: registry)
        meter.set(99)
        #expect(text().contains("calls_total 1"))
        #expect(text().contains("roost_metrics_conflicts_total 1"))
        #expect(!text().contains { $0.contains("99") })
    }

    @Test("a series goes with the last handle that was made for it")
    func destroy() {
        let first = Counter(label: "calls_total", dimensions: [("client", "a")], factory: registry)
        let second = Counter(label: "calls_total", dimensions: [("client", "a")], factory: registry)
        first.destroy()
        second.increment()
        #expect(text().contains(#"calls_total{client="a"} 1"#))
        second.destroy()
        #expect(!text().contains { $0.contains("calls_total{") })
    }

    @Test("collectors are asked at every scrape")
    func collectors() {
        registry.collect { samples in
            samples.gauge("open_calls", 4, [("server", "echo")])
            samples.counter("restarts_total", 2)
        }
        #expect(text().contains(#"open_calls{server="echo"} 4"#) && text().contains("restarts_total 2"))
    }

    @Test("nothing is lost when many threads count at once")
    func threads() async {
        let counter = Counter(label: "calls_total", dimensions: [], factory: registry)
        let timer = Timer(label: "took_seconds", dimensions: [], factory: registry)
        let meter = Meter(label: "open", factory: registry)
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<8 {
                tasks.addTask {
                    for _ in 0..<5_000 {
                        counter.increment()
                        timer.recordNanoseconds(1_000_000_000)
                        meter.increment()
                    }
                    for _ in 0..<5_000 { meter.decrement() }
                }
            }
        }
        let text = text()
        #expect(text.contains("calls_total 40000") && text.contains("took_seconds_sum 40000"))
        #expect(text.contains("took_seconds_count 40000") && text.contains("open 0"))
    }
}
