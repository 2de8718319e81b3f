import PluginRuntime

/// Hears one call and keeps everything.
final class RecordingObserver: PluginCallObserver {
    enum Event: Sendable {
        case progress(Double, Double?, String?)
        case line(PluginLogLine)
        case close(Duration)
        case end(PluginOutcome)
    }

    let events = Recorder<Event>()
    private let onReport: @Sendable () -> Void

    init(onReport: @escaping @Sendable () -> Void = {}) { self.onReport = onReport }

    func pluginReported(progress: Double, total: Double?, message: String?) {
        events.append(.progress(progress, total, message))
        onReport()
    }

    func pluginLogged(_ line: PluginLogLine) { events.append(.line(line)) }

    func pluginWantsStreamClosed(retry: Duration) -> Bool {
        events.append(.close(retry))
        return true
    }

    func pluginFinished(_ outcome: PluginOutcome) { events.append(.end(outcome)) }

    /// The end of the call.
    func outcome() async throws -> PluginOutcome {
        try await events.wait { $0.contains { if case .end = $0 { true } else { false } } }
        for case .end(let outcome) in events.elements { return outcome }
        throw Recorder<Event>.Overdue()
    }

    var progress: [Double] {
        events.elements.compactMap { if case .progress(let value, _, _) = $0 { value } else { nil } }
    }

    var lines: [PluginLogLine] {
        events.elements.compactMap { if case .line(let line) = $0 { line } else { nil } }
    }

    /// How often the end was told.
    var ends: Int { events.elements.count { if case .end = $0 { true } else { false } } }
}
