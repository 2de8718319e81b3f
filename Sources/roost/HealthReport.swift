import PluginRuntime
import Policies
import RoostJSON

/// What /health says about each plugin.
enum HealthReport {
    static func plugins(_ runtime: PluginRuntime, _ breakers: CircuitBreakers? = nil) -> JSONValue {
        var report: JSONObject = [:]
        for plugin in runtime.plugins {
            var facts = self.report(plugin)
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

    private static func report(_ plugin: PluginHandle) -> JSONObject {
        let (manifest, account) = (plugin.manifest, plugin.account)
        var report: JSONObject = [
            "status": .string(status(of: account.state)), "name": .string(manifest.name),
            "version": .string(manifest.version), "tools": .integer(Int64(manifest.tools.count)),
            "openCalls": .integer(Int64(plugin.openCalls)), "state": .string(account.state.rawValue),
            "since": .string("\(account.since)"), "deaths": .integer(Int64(account.deaths)),
            "confinement": account.confinement.json,
        ]
        if let note = plugin.reloadNote { report["note"] = .string(note) }
        if let crash = account.lastCrash { report["lastCrash"] = crash.json }
        return report
    }

    /// A plugin that is started when it is needed is as good as one that runs.
    private static func status(of state: PluginAccount.State) -> String {
        switch state {
        case .idle, .starting, .running, .pausing: "available"
        case .quarantined, .stuck, .stopped: state.rawValue
        }
    }
}
