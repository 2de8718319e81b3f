import PluginRuntime
import Policies
import RoostJSON

/// What /health says about each plugin.
enum HealthReport {
    static func plugins(_ runtime: PluginRuntime, _ breakers: CircuitBreakers? = nil) -> JSONValue {
        var report: JSONObject = [:]
        for plugin in runtime.plugins {
            let manifest = plugin.manifest
            var facts: JSONObject = [
                "status": "available", "name": .string(manifest.name), "version": .string(manifest.version),
                "tools": .integer(Int64(manifest.tools.count)),
                "openCalls": .integer(Int64(plugin.openCalls)),
                "confinement": plugin.confinement.json,
            ]
            if let standing = breakers?.standing(of: plugin.alias) {
                facts["breaker"] = .string(standing.rawValue)
            }
            report[plugin.alias] = .object(facts)
        }
        for failure in runtime.failures {
            report[failure.plugin] = ["status": "unavailable", "reason": .string(failure.message)]
        }
        return .object(report)
    }
}
