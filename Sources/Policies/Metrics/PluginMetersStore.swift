import CoreMetrics
import Synchronization

/// The handles of every plugin that was called so far.
final class PluginMetersStore: Sendable {
    private let metrics: any MetricsFactory
    private let meters = Mutex<[String: PluginMeters]>([:])

    init(_ metrics: any MetricsFactory) { self.metrics = metrics }

    func meters(of alias: String) -> PluginMeters {
        meters.withLock { meters in
            if let known = meters[alias] { return known }
            let made = PluginMeters(alias, metrics)
            meters[alias] = made
            return made
        }
    }
}
