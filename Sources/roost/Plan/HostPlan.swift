import Gateway
import HostConfiguration
import MCP
import PluginRuntime
import RoostJSON

/// What a host would run.
struct HostPlan {
    var plugins: [PlannedPlugin]
    /// Names that two plugins want, and names that are too long: what is left out of the shared lists, and why.
    var omissions: [String]
    /// What a client that lists all tools reads.
    var toolList: TokenEstimate

    /// True when every plugin would start.
    var isSound: Bool { plugins.allSatisfy { $0.problem == nil } }

    /// Looks at every plugin that is selected.
    ///
    /// Ends the command when a library cannot be found.
    static func make(_ wiring: Wiring) async throws -> HostPlan {
        let specifications = try wiring.unlockedSpecifications()
        return try await InspectedPlugins.with(specifications, logger: wiring.logger) { runtime in
            let catalog = wiring.gateway(runtime).catalog[.all]
            let plugins = specifications.map { specification in
                PlannedPlugin(
                    specification,
                    handle: runtime.plugins.first { $0.alias == specification.alias },
                    failure: runtime.failures.first { $0.plugin == specification.alias },
                    catalog: catalog
                )
            }
            return HostPlan(
                plugins: plugins,
                omissions: catalog?.omissions ?? [],
                toolList: TokenEstimate(of: catalog?.tools ?? [])
            )
        }
    }

    /// The lock that holds a host to this plan.
    var lock: HostLock {
        HostLock(
            pins: Dictionary(plugins.compactMap { plugin in plugin.pin.map { (plugin.alias, $0) } }) {
                first,
                _ in first
            }
        )
    }

    /// What differs from a lock, by plugin; `known` are the plugins of host.yaml, selected or not.
    func differences(from lock: HostLock, known: [String]) -> [PlanDifference] {
        var all: [PlanDifference] = []
        for plugin in plugins {
            guard let locked = lock.pins[plugin.alias] else {
                all.append(
                    PlanDifference(
                        plugin.alias,
                        [LockDifference("plugin", locked: nil, found: "in host.yaml")]
                    )
                )
                continue
            }
            let differences =
                plugin.pin.map { $0.differences(from: locked) }
                ?? plugin.library(lockedAs: locked)
                + [LockDifference("can be served", locked: "yes", found: plugin.problem ?? "no")]
            if !differences.isEmpty { all.append(PlanDifference(plugin.alias, differences)) }
        }
        for alias in lock.pins.keys.sorted() where !known.contains(alias) {
            all.append(PlanDifference(alias, [LockDifference("plugin", locked: "locked", found: nil)]))
        }
        return all
    }

    /// The plan as a person reads it.
    var text: String {
        var lines = plugins.flatMap(\.lines)
        lines.append("tool list at /mcp: \(toolList)")
        for omission in omissions { lines.append("\(Terminal.bad("collision")) \(omission)") }
        return lines.joined(separator: "\n")
    }

    /// The plan for programs.
    var json: JSONValue {
        [
            "plugins": .array(plugins.map(\.json)), "omissions": .array(omissions.map { .string($0) }),
            "toolList": toolList.json,
        ]
    }
}
