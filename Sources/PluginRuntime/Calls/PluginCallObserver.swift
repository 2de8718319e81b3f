package import RoostJSON

/// Who waits for one call.
///
/// Every function may come on any thread and must not block.
package protocol PluginCallObserver: AnyObject, Sendable {
    /// The call waited for a place and has it now.
    ///
    /// Does not come for a call that the plugin gets at once.
    func pluginBegan()
    /// The plugin reported how far it is. Values rise; `total` is nil when unknown.
    func pluginReported(progress: Double, total: Double?, message: String?)
    /// The plugin wrote a line that belongs to this call.
    func pluginLogged(_ line: PluginLogLine)
    /// The plugin would free the client's connection until `retry` has passed. False: this client cannot resume.
    func pluginWantsStreamClosed(retry: Duration) -> Bool
    /// The call has ended. Comes exactly once, and nothing comes after it.
    func pluginFinished(_ outcome: PluginOutcome)
}

extension PluginCallObserver {
    package func pluginBegan() {}
}

/// A line a plugin logged.
package struct PluginLogLine: Sendable {
    package var level: PluginLogLevel
    /// The part of the plugin that speaks; nil when it did not say.
    package var logger: String?
    /// Any JSON value; a string for plain text.
    package var data: JSONDocument

    package init(level: PluginLogLevel, logger: String?, data: JSONDocument) {
        self.level = level
        self.logger = logger
        self.data = data
    }
}

/// The levels of MCP and of roost_log_level, least severe first.
package enum PluginLogLevel: Int32, Sendable, CaseIterable, Comparable {
    case debug, info, notice, warning, error, critical, alert, emergency

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The word MCP uses.
    package var name: String { "\(self)" }

    package init?(name: String) {
        guard let level = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }
}
