import PluginRuntime
import RoostJSON
import Transports

/// What operators may ask about the plugins and do with them.
struct SupervisionActions: Sendable {
    let runtime: PluginRuntime
    let status: HostStatus

    var all: [AdminAction] {
        [
            AdminAction(.get, "/admin/status") { (_) async throws(AdminFailure) -> JSONValue in report }
        ]
    }

    /// The host and every plugin, in the order of host.yaml.
    private var report: JSONValue {
        [
            "status": .string(status.phase.rawValue), "version": .string(HostIdentity.version),
            "plugins": HealthReport.plugins(runtime),
        ]
    }

    private func plugin(_ alias: String) throws(AdminFailure) -> PluginHandle {
        if let plugin = runtime.plugins.first(where: { $0.alias == alias }) { return plugin }
        throw AdminFailure(
            status: 404,
            "no plugin '\(alias)' is served; there are \(runtime.plugins.map(\.alias).joined(separator: ", "))"
        )
    }
}
