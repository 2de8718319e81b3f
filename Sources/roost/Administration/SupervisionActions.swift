import PluginRuntime
import RoostJSON
import Transports

/// What operators may ask about the plugins and do with them.
struct SupervisionActions: Sendable {
    let runtime: PluginRuntime
    let status: HostStatus
    /// How long open calls may go on when a plugin is restarted.
    let grace: Duration
    private let began = Timestamp.now

    init(runtime: PluginRuntime, status: HostStatus, grace: Duration) {
        self.runtime = runtime
        self.status = status
        self.grace = grace
    }

    var all: [AdminAction] {
        [
            AdminAction(.get, "/admin/status") { (_) async throws(AdminFailure) -> JSONValue in report },
            AdminAction(.post, "/admin/plugins/<alias>/restart") {
                (request) async throws(AdminFailure) -> JSONValue in try await restart(request.alias)
            },
        ]
    }

    /// The host and every plugin, in the order of host.yaml; those that could not be prepared come last.
    private var report: JSONValue {
        var report: JSONObject = [
            "status": .string(status.phase.rawValue), "version": .string(HostIdentity.version),
            "since": .string("\(began)"),
        ]
        if let usage = ProcessUsage.ofThisProcess { report["usage"] = usage.json }
        let plugins = runtime.plugins.map(\.account.json)
        let failures = runtime.failures.map { failure -> JSONValue in
            [
                "alias": .string(failure.plugin), "status": "unavailable",
                "reason": .string(failure.message),
            ]
        }
        report["plugins"] = .array(plugins + failures)
        return .object(report)
    }

    private func restart(_ alias: String) async throws(AdminFailure) -> JSONValue {
        guard let plugin = runtime.plugins.first(where: { $0.alias == alias }) else {
            let names = runtime.plugins.map(\.alias).joined(separator: ", ")
            throw AdminFailure(status: 404, "no plugin '\(alias)' is served; there are \(names)")
        }
        do throws(PluginFailure) {
            try await plugin.restart(grace: grace)
        } catch {
            throw AdminFailure(status: 503, error.message)
        }
        let account = plugin.account
        let process = account.usage.map { ", process \($0.process)" } ?? ""
        return [
            "message": .string("plugin \(alias) runs again: generation \(account.generation)\(process)"),
            "plugin": account.json,
        ]
    }
}
