import PluginRuntime
import RoostJSON

/// What /health says about each plugin.
enum HealthReport {
    static func plugins(_ runtime: PluginRuntime) -> JSONValue {
        var report: JSONObject = [:]
        for plugin in runtime.plugins {
            let manifest = plugin.manifest
            report[plugin.alias] = [
                "status": "available", "name": .string(manifest.name), "version": .string(manifest.version),
                "tools": .integer(Int64(manifest.tools.count)),
                "openCalls": .integer(Int64(plugin.openCalls)),
                "confinement": plugin.confinement.json,
            ]
        }
        for failure in runtime.failures {
            report[failure.plugin] = ["status": "unavailable", "reason": .string(failure.message)]
        }
        return .object(report)
    }
}
