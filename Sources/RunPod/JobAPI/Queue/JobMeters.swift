package import CoreMetrics
import Synchronization
import WorkStore

/// Counts jobs of the job API.
package final class JobMeters: Sendable {
    private let takenCounter: Counter
    private let retriedCounter: Counter
    private let endedCounters: [WorkState: Counter]
    private let runningGauge: Gauge
    private let waiting: Timer
    private let retryCount = Atomic(0)

    package init(metrics: any MetricsFactory = MetricsSystem.factory) {
        takenCounter = Counter(label: "roost_jobs_taken_total", factory: metrics)
        retriedCounter = Counter(label: "roost_jobs_retried_total", factory: metrics)
        runningGauge = Gauge(label: "roost_jobs_running", factory: metrics)
        waiting = Timer(label: "roost_job_delay_seconds", factory: metrics)
        endedCounters = Dictionary(
            uniqueKeysWithValues: WorkState.allCases.filter(\.isFinal).map { state in
                let status = JobStatus.name(state).lowercased()
                return (
                    state,
                    Counter(
                        label: "roost_jobs_ended_total",
                        dimensions: [("status", status)],
                        factory: metrics
                    )
                )
            }
        )
    }

    /// Jobs that went back into the queue since this host began.
    var retries: Int { retryCount.load(ordering: .relaxed) }

    func taken() { takenCounter.increment() }

    func retried() {
        retriedCounter.increment()
        retryCount.wrappingAdd(1, ordering: .relaxed)
    }

    func running(_ count: Int) { runningGauge.record(count) }

    func ended(_ record: WorkRecord) {
        endedCounters[record.state]?.increment()
        guard let started = record.started else { return }
        waiting.recordMilliseconds(max(0, started - record.queued))
    }
}
