package import RoostJSON
import Synchronization

/// When each phase of the host's start was done, counted from the moment the kernel made the process.
///
/// A platform bills a cold start by the second; this says where the time went. Marks may come from any thread, and each
/// phase counts once.
package final class StartLedger: Sendable {
    private struct Mark {
        var phase: StartPhase
        var nanoseconds: Int64
    }

    private let marks = Mutex<[Mark]>([])
    private let elapsed: @Sendable () -> Int64

    /// `elapsed`: nanoseconds since the process was made.
    package init(elapsed: @escaping @Sendable () -> Int64) { self.elapsed = elapsed }

    /// A ledger of this process.
    package static func ofThisProcess() -> StartLedger {
        let start = ProcessAge.start
        return StartLedger { ProcessAge.now - start }
    }

    /// Notes that a phase is done; the first time counts.
    package func mark(_ phase: StartPhase) {
        let now = elapsed()
        marks.withLock { marks in
            guard !marks.contains(where: { $0.phase == phase }) else { return }
            marks.append(Mark(phase: phase, nanoseconds: now))
        }
    }

    /// The phases that are done, in the order in which they were, with the nanoseconds from the start of the process.
    package var phases: [(phase: StartPhase, nanoseconds: Int64)] {
        marks.withLock { $0.map { ($0.phase, $0.nanoseconds) } }
    }

    /// Milliseconds by phase, for /health.
    package var report: JSONObject {
        var report: JSONObject = [:]
        for (phase, nanoseconds) in phases {
            report[phase.rawValue] = .number(Double(nanoseconds / 10_000) / 100)
        }
        return report
    }

    /// One line for the log, such as "configured 3.1 ms, listening 4.0 ms".
    package var sentence: String {
        phases.map { phase, nanoseconds in
            let tenths = nanoseconds / 100_000
            return "\(phase.rawValue) \(tenths / 10).\(tenths % 10) ms"
        }
        .joined(separator: ", ")
    }

    /// Seconds by phase, for a scrape.
    package func collect(_ samples: inout MetricSamples) {
        for (phase, nanoseconds) in phases {
            samples.gauge("roost_start_seconds", Double(nanoseconds) / 1e9, [("phase", phase.rawValue)])
        }
    }
}
