import Gateway
import RoostJSON
import RunPod
import Synchronization

/// Runs jobs as a test says, when it says so; a cancellation ends a job at once, as a plugin that listens does.
final class ManualRunner: JobRunner {
    private struct State {
        var open: [String: CheckedContinuation<JobOutcome, Never>] = [:]
        var settled: [String: JobOutcome] = [:]
        var reports: [String: @Sendable (JobReport) -> Void] = [:]
        var begun: [String] = []
        var cancelled: [String] = []
        var most = 0
    }

    private let state = Mutex(State())

    func run(_ job: Job, report: @escaping @Sendable (JobReport) -> Void) async -> JobOutcome {
        let id = job.id
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early: JobOutcome? = state.withLock { state in
                    state.begun.append(id)
                    state.reports[id] = report
                    if let early = state.settled.removeValue(forKey: id) { return early }
                    state.open[id] = continuation
                    state.most = max(state.most, state.open.count)
                    return nil
                }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            state.withLock { $0.cancelled.append(id) }
            settle(id, .cancelled)
        }
    }

    /// Ends a job, now or as soon as it begins.
    func settle(_ id: String, _ outcome: JobOutcome) {
        let continuation = state.withLock { state in
            let open = state.open.removeValue(forKey: id)
            if open == nil { state.settled[id] = outcome }
            return open
        }
        continuation?.resume(returning: outcome)
    }

    func report(_ id: String, _ report: JobReport) { state.withLock { $0.reports[id] }?(report) }

    /// Ids in the order their work began; one that began twice stands there twice.
    var begun: [String] { state.withLock { $0.begun } }
    var cancelled: [String] { state.withLock { $0.cancelled } }
    /// How many were at work at once at most.
    var most: Int { state.withLock { $0.most } }
}
