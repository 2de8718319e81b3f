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

/// What a job reported and nobody has looked at yet: its chunks in order, and its newest progress; from any thread.
///
/// Chunks that come faster than anybody looks are bounded as those that wait for the queue are.
final class ReportBuffer: Sendable {
    struct Reports: Sendable {
        var chunks = ChunkBuffer(limit: nil)
        var progress: [UInt8]?

        var isEmpty: Bool { chunks.isEmpty && progress == nil }
    }

    private let reports = Mutex(Reports())

    /// Adds a report; true when it is the only one, and somebody should look.
    func add(_ report: JobReport) -> Bool {
        reports.withLock { reports in
            let isFirst = reports.isEmpty
            switch report {
            case .progress(let value): reports.progress = value
            case .chunk(let value): reports.chunks.append(value)
            }
            return isFirst
        }
    }

    /// Takes everything out.
    func take() -> Reports {
        reports.withLock { reports in
            defer { reports = Reports() }
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
