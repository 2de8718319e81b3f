import HostConfiguration
import Logging
import PluginRuntime
import RoostJSON
import Telemetry
import Transports

/// What the host says of its own state.
extension Wiring {
    /// Says that requests can be served, here and in the log.
    func becomeReady(_ status: HostStatus, _ runtime: PluginRuntime) {
        start.mark(.ready)
        let (breakers, start, mode) = (breakers, start, configuration.mode)
        status.becomeReady(
            { HealthReport.plugins(runtime, breakers) },
            further: {
                var further = sharedHealth
                further["mode"] = ["name": .string(mode.mode.rawValue), "reason": .string(mode.reason)]
                further["start"] = .object(start.report)
                return further
            },
            isBroken: { runtime.plugins.isEmpty && !runtime.failures.isEmpty }
        )
        logger.notice("ready; since the process began: \(start.sentence)")
    }
}
