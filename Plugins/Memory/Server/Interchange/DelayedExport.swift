import Dispatch
import Synchronization

/// Writes the export soon after changes, on a queue of its own, so that no call waits for the file.
package final class DelayedExport: Sendable {
    private let export: GraphExport
    private let delay: Duration
    private let report: @Sendable (Result<String?, InterchangeError>) -> Void
    private let schedule = Mutex(ExportSchedule())
    private let queue = DispatchQueue(label: "roost.memory.export")

    /// - Parameters:
    ///   - export: What is written.
    ///   - delay: How long changes are gathered. Default one second.
    ///   - report: Told after each write, on the queue, where another's version was kept or why the write failed.
    package init(
        _ export: GraphExport,
        delay: Duration = .seconds(1),
        report: @escaping @Sendable (Result<String?, InterchangeError>) -> Void
    ) {
        self.export = export
        self.delay = delay
        self.report = report
    }

    /// Says that the graph changed.
    ///
    /// Returns at once.
    package func changed() { perform(schedule.withLock { $0.changed() }) }

    /// Writes what is still due and returns when it is written.
    package func stop() {
        queue.sync { perform(schedule.withLock { $0.stop() }) }
    }

    private func perform(_ action: ExportSchedule.Action) {
        switch action {
        case .nothing: break
        case .startTimer:
            queue.asyncAfter(deadline: .now() + delay / .seconds(1)) { [self] in
                perform(schedule.withLock { $0.timerFired() })
            }
        case .write:
            let result = Result { () throws(InterchangeError) in try export.run() }
            report(result)
            perform(schedule.withLock { $0.written((try? result.get()) != nil) })
        }
    }
}
