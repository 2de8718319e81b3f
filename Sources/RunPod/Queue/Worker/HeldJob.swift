import Synchronization

/// A job this worker has and whose result is not written down yet.
struct HeldJob {
    /// What it said since somebody last looked.
    let reports: ReportBuffer
    /// Nil: its work has not begun.
    var task: Task<Void, Never>?
    /// The queue does not want it any more: its end is told to nobody.
    var isStopped = false
}

/// Reports of a job in the order they came, from any thread.
final class ReportBuffer: Sendable {
    private let reports = Mutex<[JobReport]>([])

    /// Adds a report; true when it is the only one, and somebody should look.
    func add(_ report: JobReport) -> Bool {
        reports.withLock { reports in
            reports.append(report)
            return reports.count == 1
        }
    }

    /// Takes everything out.
    func take() -> [JobReport] {
        reports.withLock { reports in
            defer { reports = [] }
            return reports
        }
    }
}

/// The ids of all jobs whose results the queue does not have, for the heartbeat, which may ask on any thread.
final class CurrentJobs: Sendable {
    private let ids = Mutex<[String]>([])

    var list: [String] { ids.withLock { $0 } }

    func add(_ id: String) { ids.withLock { $0.append(id) } }

    func remove(_ id: String) {
        ids.withLock { ids in
            if let place = ids.firstIndex(of: id) { ids.remove(at: place) }
        }
    }
}
