import Gateway
import HostConfiguration
import PluginRuntime
import Policies
import Telemetry
import Transports

/// What the host tells of itself, put together.
extension Wiring {
    /// What writes a line for each call; nil when no access log is configured.
    var callLog: CallLog? {
        telemetry.lines.map { lines in
            CallLog(
                lines,
                redaction: telemetry.redaction,
                logsArguments: configuration.accessLog.arguments
            )
        }
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
