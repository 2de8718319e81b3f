import CoreMetrics
import Metrics

/// What is counted of a queue worker.
struct QueueMetrics: Sendable {
    enum Take: String, CaseIterable { case jobs, nothing, refused, unreachable, abandoned }
    enum End: String, CaseIterable {
        case completed, failed, stopped, malformed
        case handedBack = "handed_back"
    }
    enum Delivery: String, CaseIterable { case delivered, repeated, refused }

    private let takes: [Take: Counter]
    private let ends: [End: Counter]
    private let deliveries: [Delivery: Counter]
    private let heartbeats: [Bool: Counter]
    private let failedPosts: Counter
    private let resumes: Counter
    private let jobs: Gauge
    private let slots: Gauge
    private let undelivered: Gauge
    private let duration: CoreMetrics.Timer

    init(_ factory: any MetricsFactory) {
        func counters<Key: RawRepresentable<String> & CaseIterable & Hashable>(
            _ label: String,
            _ name: String
        ) -> [Key: Counter] {
            Dictionary(
                uniqueKeysWithValues: Key.allCases.map {
                    ($0, Counter(label: label, dimensions: [(name, $0.rawValue)], factory: factory))
                }
            )
        }
        takes = counters("roost_queue_takes_total", "result")
        ends = counters("roost_queue_jobs_total", "outcome")
        deliveries = counters("roost_queue_results_total", "result")
        heartbeats = Dictionary(
            uniqueKeysWithValues: [true, false].map { isGood in
                let dimensions = [("result", isGood ? "answered" : "failed")]
                return (
                    isGood,
                    Counter(label: "roost_queue_heartbeats_total", dimensions: dimensions, factory: factory)
                )
            }
        )
        failedPosts = Counter(label: "roost_queue_failed_posts_total", factory: factory)
        resumes = Counter(label: "roost_queue_resumes_total", factory: factory)
        jobs = Gauge(label: "roost_queue_jobs", factory: factory)
        slots = Gauge(label: "roost_queue_slots", factory: factory)
        undelivered = Gauge(label: "roost_queue_undelivered_results", factory: factory)
        duration = CoreMetrics.Timer(label: "roost_queue_job_seconds", factory: factory)
    }

    func take(_ answer: TakeAnswer) {
        let result: Take =
            switch answer {
            case .jobs: .jobs
            case .nothing: .nothing
            case .refused: .refused
            case .unreachable: .unreachable
            case .abandoned: .abandoned
            }
        takes[result]?.increment()
    }

    func ended(_ end: End, after time: Duration? = nil) {
        ends[end]?.increment()
        guard let time else { return }
        duration.recordNanoseconds(
            time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000
        )
    }

    func delivered(_ delivery: Delivery) { deliveries[delivery]?.increment() }
    func heartbeat(_ isGood: Bool) { heartbeats[isGood]?.increment() }
    func postFailed() { failedPosts.increment() }
    func resumed() { resumes.increment() }

    func set(jobs: Int, slots: Int, undelivered: Int) {
        self.jobs.record(jobs)
        self.slots.record(slots)
        self.undelivered.record(undelivered)
    }
}
