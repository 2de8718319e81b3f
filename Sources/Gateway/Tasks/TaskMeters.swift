package import CoreMetrics
import WorkStore

/// Counts what becomes of tasks at this worker.
package struct TaskMeters: Sendable {
    /// The steps that are counted.
    ///
    /// Raw values appear in metrics.
    enum Step: String, CaseIterable {
        case created, asked = "input_required", resumed, completed, failed, cancelled, interrupted, expired
    }

    private let counters: [Step: Counter]

    package init(metrics: any MetricsFactory = MetricsSystem.factory) {
        counters = Dictionary(
            uniqueKeysWithValues: Step.allCases.map { step in
                (
                    step,
                    Counter(
                        label: "roost_task_transitions_total",
                        dimensions: [("to", step.rawValue)],
                        factory: metrics
                    )
                )
            }
        )
    }

    func count(_ step: Step, by number: Int = 1) { counters[step]?.increment(by: Int64(number)) }
}

extension TaskMeters.Step {
    /// The step that led into a state; nil: none of its own.
    init?(_ state: WorkState) {
        switch state {
        case .queued, .working: return nil
        case .inputRequired: self = .asked
        case .completed: self = .completed
        case .failed, .timedOut: self = .failed
        case .cancelled: self = .cancelled
        }
    }
}
