import MCP
import RoostJSON
import Synchronization
import WorkStore

/// A task that this worker is at: hears what its work says, and has it kept.
///
/// The work may be stopped from elsewhere: another worker keeps that the client cancelled it, and ``TaskService`` finds out.
final class TaskRun: ReplySink {
    let id: String
    /// Begins the next round of a task that needs no answers for it.
    let goOn: @Sendable (TaskEntry) -> Void
    private let service: TaskService
    private let state = Mutex(State())

    private struct State {
        /// The exchange of the round that is under way.
        var work: Exchange?
        /// What the work said last and nobody has kept yet.
        var message: String?
        var isAbandoned = false
    }

    /// The token under which the work reports its progress to the host.
    static let progressToken = (try? JSONDocument(parsing: #""task""#))?.root

    init(_ entry: TaskEntry, service: TaskService, goOn: @escaping @Sendable (TaskEntry) -> Void) {
        id = entry.record.id
        self.service = service
        self.goOn = goOn
    }

    /// Names the exchange of the work, so that it can be stopped.
    func attach(_ work: Exchange) {
        let isLate = state.withLock { state in
            if !state.isAbandoned { state.work = work }
            return state.isAbandoned
        }
        if isLate { work.cancel() }
    }

    /// Stops the work: whatever it says from now on, nobody wants to know.
    func abandon() {
        let work = state.withLock { state in
            state.isAbandoned = true
            defer { state.work = nil }
            return state.work
        }
        work?.cancel()
    }

    /// What the work said since this was asked last; nil: nothing.
    func takeMessage() -> String? {
        state.withLock { state in
            defer { state.message = nil }
            return state.message
        }
    }

    // MARK: What the work says

    /// Progress becomes the task's message; log lines have no place in a task (ext-tasks, "Task Status Notifications").
    func send(_ message: [UInt8]) {
        guard Self.isProgress(message), let params = (try? JSONDocument(parsing: message))?.root["params"],
            let sentence = Self.sentence(params)
        else { return }
        state.withLock { $0.message = sentence }
    }

    func finish(_ message: [UInt8], error: RPCError.Code?) { end(TaskEnding(message: message)) }

    func takes(_ ask: TaskAsk) -> Bool {
        end(.asked(ask))
        return true
    }

    func close(retry: Duration) -> Bool { false }

    private func end(_ ending: TaskEnding) {
        state.withLock { $0.work = nil }
        Task { [self] in await service.settle(self, ending) }
    }

    static func isProgress(_ message: [UInt8]) -> Bool {
        (try? JSONDocument(parsing: message))?.root["method"]?.equals("notifications/progress") == true
    }

    /// `Half way (50 of 100)`, as far as it is known.
    private static func sentence(_ params: JSONView) -> String? {
        guard let progress = params["progress"]?.numberText else { return nil }
        let count = params["total"]?.numberText.map { "\(progress) of \($0)" } ?? progress
        guard let message = params["message"]?.string, !message.isEmpty else { return count }
        return "\(message) (\(count))"
    }
}
