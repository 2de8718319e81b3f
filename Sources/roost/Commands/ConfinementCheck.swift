import PluginRuntime
import RoostJSON

/// What `roost check` says about the confinement of plugins: what the kernel offers, what each asks for and is granted.
enum ConfinementCheck {
    /// What this kernel offers, for programs.
    static var kernel: JSONValue {
        let kernel = KernelSupport.ofThisMachine
        return [
            "landlock": .integer(Int64(kernel.landlock)), "seccomp": .bool(kernel.filtersCalls),
            "countsProcesses": .bool(kernel.countsProcesses), "summary": .string(kernel.summary),
        ]
    }

    /// One plugin, for programs.
    static func json(_ plugin: PluginHandle) -> JSONValue {
        var report = plugin.confinement.json.object ?? [:]
        report["level"] = .string(plugin.specification.confinement.rawValue)
        return [
            "confinement": .object(report), "asked": plugin.manifest.permissions.json,
            "granted": plugin.specification.permissions.json,
            "omittedHeaders": .array(plugin.omittedHeaders.map { .string($0) }),
        ]
    }

    /// One plugin, for people: a line, and one more for each measure that is not in force.
    static func lines(_ plugin: PluginHandle) -> [String] {
        let report = plugin.confinement
        let asked = words(plugin.manifest.permissions), granted = words(plugin.specification.permissions)
        let unused = words(plugin.specification.permissions.missing(from: plugin.manifest.permissions))
        var line = "\(plugin.alias): confinement \(plugin.specification.confinement.rawValue), "
        line += "\(report.state.rawValue); asks for \(asked ?? "nothing"), is granted \(granted ?? "nothing")"
        if let unused { line += ", of which it does not ask for \(unused)" }
        let omitted = plugin.omittedHeaders.map { "  \($0)" }
        if Set(report.missing.map(\.reason)).count == 1, report.missing.count > 1 {
            return [line, "  \(report.missing[0].reason)"] + omitted
        }
        return [line]
            + report.missing.map { "  \($0.measure.rawValue) is \($0.state.rawValue): \($0.reason)" }
            + omitted
    }

    /// The permissions as one line of host.yaml's words; nil for none.
    private static func words(_ permissions: PluginPermissions) -> String? {
        permissions.isEmpty ? nil : permissions.hostLines.joined(separator: ", ")
    }
}
