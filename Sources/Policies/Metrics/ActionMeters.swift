import CoreMetrics

/// The handles of one tool of a plugin, or of one method where there is no tool.
final class ActionMeters: Sendable {
    let plugin: PluginMeters
    let requests: Counter

    init(_ plugin: PluginMeters, _ requests: Counter) {
        self.plugin = plugin
        self.requests = requests
    }
}
