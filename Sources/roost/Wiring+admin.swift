import HostConfiguration
import Logging
import PluginRuntime
import Policies
import Transports

/// How operators reach the host: what they may ask, and where.
extension Wiring {
    /// Everything an operator may ask of this host.
    func adminActions(
        _ runtime: PluginRuntime,
        _ status: HostStatus,
        _ reload: HostReload,
        _ cache: AnswerCache
    ) -> AdminTable {
        let supervision = SupervisionActions(runtime: runtime, status: status, grace: configuration.stopGrace)
        let actions = supervision.all + ReloadActions(reload: reload).all + cacheActions(cache)
        return AdminTable(actions, audit: telemetry.audit)
    }

    /// Opens the listener for operators.
    ///
    /// An address that host.yaml names must be had; without the default socket a host serves all the same, and says so. Nil then.
    func listenForOperators(
        _ status: HostStatus,
        table: @escaping @Sendable () -> AdminTable?
    ) async throws -> HTTPServer? {
        let address = configuration.adminListen ?? configuration.defaultAdminSocket
        do {
            var settings = HTTPSettings()
            switch address {
            case .unix(let path): try Files.makeDirectory(Self.folder(of: path))
            // Who listens beyond loopback is reached by names it cannot know.
            case .tcp(let listen): if !listen.isLoopback { settings.allowedHosts = ["*"] }
            }
            let server = try await HTTPServer.listen(
                at: HTTPAddress(address),
                settings: settings,
                status: status,
                group: group,
                admin: .only(table: table),
                metrics: MetricsEndpoint(telemetry.registry),
                gateway: { nil }
            )
            if case .tcp(let listen) = address, !listen.isLoopback {
                logger.warning(
                    "admin_listen \(address) can be reached from other machines, and whoever reaches it may administer this host"
                )
            }
            return server
        } catch {
            let reason = (error as? Files.Fault).map { "\($0.path): \($0.reason)" } ?? "\(error)"
            let sentence = "operators cannot be listened to at \(address): \(reason)"
            guard configuration.adminListen == nil else {
                throw WiringFailure(description: "\(sentence). Choose another address under admin_listen")
            }
            logger.warning(
                "\(sentence). roost status and roost restart will not find this host; admin_listen chooses another address"
            )
            return nil
        }
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}

extension HTTPAddress {
    /// The address host.yaml names for operators.
    init(_ address: AdminAddress) {
        switch address {
        case .tcp(let listen): self = .tcp(host: listen.host, port: listen.port)
        case .unix(let path): self = .unix(path: path)
        }
    }
}

/// Why a host could not be put together.
struct WiringFailure: Error, CustomStringConvertible {
    var description: String
}
