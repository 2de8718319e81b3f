import PluginRuntime
import Telemetry

/// What a scrape says of each plugin beside what its calls are counted for.
struct PluginMetrics: Sendable {
    let runtime: PluginRuntime

    func collect(_ samples: inout MetricSamples) {
        for plugin in runtime.plugins { add(plugin.account, to: &samples) }
    }

    private func add(_ account: PluginAccount, to samples: inout MetricSamples) {
        let server = [("server", account.alias)]
        samples.gauge("active_workers", Double(account.callsInFlight), server)
        samples.gauge("queue_length", Double(account.callsWaiting), server)
        samples.gauge("roost_plugin_abandoned_calls", Double(account.callsAbandoned), server)
        for state in PluginAccount.State.allCases {
            let labels = server + [("state", state.rawValue)]
            samples.gauge("roost_plugin_state", account.state == state ? 1 : 0, labels)
        }
        samples.gauge(
            "roost_plugin_info",
            1,
            server + [
                ("version", account.version), ("image", String(account.imageDigest.prefix(12))),
                ("process", account.process),
            ]
        )
        samples.counter("roost_plugin_restarts_total", account.restarts, server)
        samples.counter("roost_plugin_deaths_total", account.deaths, server)
        samples.counter("roost_plugin_reloads_total", account.reloads, server)
        guard let usage = account.usage else { return }
        // Plugins that share a process show the same figures: summing them up would count it twice.
        let labels = server + [("shared", usage.isShared ? "yes" : "no")]
        // A counter of one process: with a new one it begins anew, which is how a reader knows it.
        samples.counter("roost_plugin_cpu_seconds_total", usage.cpuSeconds, labels)
        samples.gauge("roost_plugin_resident_memory_bytes", Double(usage.residentBytes), labels)
        samples.gauge("roost_plugin_threads", Double(usage.threads), labels)
        if let files = usage.openFiles { samples.gauge("roost_plugin_open_fds", Double(files), labels) }
    }
}
