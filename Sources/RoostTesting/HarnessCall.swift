/// One call in a test: its reports so far, its end, and ways to disturb it.
public struct HarnessCall: Sendable {
    let id: UInt64
    let table: PluginTable
    let recorder: HostRecorder

    /// The progress reported so far, in order.
    public var progress: [ProgressReport] { recorder.record.progress[id] ?? [] }

    /// The lines logged by this call so far, in order.
    public var logs: [LogLine] { recorder.record.logs.filter { $0.call == id } }

    /// How long the client was told to stay away each time the plugin freed its connection.
    public var streamCloses: [Duration] { recorder.record.streamCloses[id] ?? [] }

    /// True once the call has ended.
    public var hasEnded: Bool { recorder.record.outcomes[id] != nil }

    /// Waits for the call's end.
    ///
    /// - Throws: ``HarnessError`` when it does not come within the limit, or is not what the contract says.
    public func outcome(within limit: Duration = .seconds(30)) async throws -> HarnessOutcome {
        try await recorder.wait(within: limit, "the end of call \(id)") { $0.outcomes[id] != nil }
        guard let outcome = recorder.record.outcomes[id] else {
            throw HarnessError("An end that was there is gone.")
        }
        return try outcome.get()
    }

    /// Waits until the call has reported progress this often.
    ///
    /// - Throws: ``HarnessError`` when it did not within the limit.
    public func progress(reach count: Int, within limit: Duration = .seconds(30)) async throws {
        try await recorder.wait(within: limit, "\(count) reports of progress") {
            $0.progress[id]?.count ?? 0 >= count
        }
    }

    /// Asks the plugin to end the call early, as a client's cancellation does.
    ///
    /// Harmless when it has ended.
    public func cancel() {
        recorder.cancel(id)
        table.cancel(id)
    }

    /// Lets the call's deadline pass: the plugin sees what it would see in a host when the time is up.
    public func passDeadline() { cancel() }
}
