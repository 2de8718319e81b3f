import Gateway
import HostConfiguration
import PluginRuntime
import Policies
import Telemetry
import Transports

/// What the host tells of itself, put together.
extension Wiring {
    /// The policies that only watch, and stand before all others.
    var watchingPolicies: [any Policy] {
        var policies: [any Policy] = [CallMetrics()]
        if let lines = telemetry.lines {
            policies.append(
                CallLog(
                    lines,
                    redaction: telemetry.redaction,
                    logsArguments: configuration.accessLog.arguments
                )
            )
        }
        return policies
    }

    /// Has every scrape ask the gateway and the plugins how things stand.
    func observe(_ gateway: Gateway, _ runtime: PluginRuntime) {
        telemetry.registry.collect { samples in
            samples.gauge("roost_sessions", Double(gateway.sessions.count))
            samples.gauge("roost_listen_streams", Double(gateway.openListenStreams))
        }
        telemetry.registry.collect(PluginMetrics(runtime: runtime).collect)
    }
}
