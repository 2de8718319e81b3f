import PluginRuntime
import Telemetry

/// What a scrape says of each plugin beside what its calls are counted for.
struct PluginMetrics: Sendable {
    let runtime: PluginRuntime

    func collect(_ samples: inout MetricSamples) {
        for plugin in runtime.plugins {
            let server = [("server", plugin.alias)]
            let load = plugin.load
            samples.gauge("active_workers", Double(load.running), server)
            samples.gauge("queue_length", Double(load.waiting), server)
            samples.gauge("roost_plugin_abandoned_calls", Double(load.abandoned), server)
        }
    }
}
