import PluginRuntime

/// Hears the end of one call, and nothing else of it.
final class OneEnd: PluginCallObserver {
    private let body: @Sendable (PluginOutcome) -> Void

    init(_ body: @escaping @Sendable (PluginOutcome) -> Void) { self.body = body }

    func pluginReported(progress: Double, total: Double?, message: String?) {}
    func pluginLogged(_ line: PluginLogLine) {}
    func pluginWantsStreamClosed(retry: Duration) -> Bool { false }
    func pluginFinished(_ outcome: PluginOutcome) { body(outcome) }
}
