import ArgumentParser
import Gateway
import HostConfiguration
import NIOCore
import Transports

/// Where a serving host can be reached: its own address, and the port for probes when that is another one.
struct ServerListeners {
    private let server: HTTPServer
    private let probes: HTTPServer?

    /// Binds the addresses and begins to answer; a fault is told, and ends the command.
    ///
    /// `path`: host.yaml, for the message. `gateway`: nil while the plugins are being prepared.
    static func open(
        _ wiring: Wiring,
        _ path: String,
        _ status: HostStatus,
        _ actions: SharedValue<AdminTable?>,
        _ authentication: HTTPAuthentication,
        _ service: any HTTPService,
        gateway: @escaping @Sendable () -> Gateway?
    ) async throws -> ServerListeners {
        let configuration = wiring.configuration
        let settings = Self.settings(configuration)
        let server: HTTPServer
        do {
            server = try await HTTPServer.listen(
                at: .tcp(host: configuration.listen.host, port: configuration.listen.port),
                settings: settings,
                status: status,
                group: wiring.group,
                admin: .beside(table: { actions.value }),
                authentication: authentication,
                metrics: MetricsEndpoint(wiring.telemetry.registry),
                service: service,
                gateway: gateway
            )
        } catch {
            Terminal.complain(
                "cannot listen on \(configuration.listen): \(error). Choose another address under listen in \(path), or set PORT"
            )
            throw ExitCode.failure
        }
        guard let port = configuration.probe.port else { return ServerListeners(server: server, probes: nil) }
        var probeSettings = settings
        probeSettings.servesOnlyProbes = true
        do {
            let probes = try await HTTPServer.listen(
                at: .tcp(host: configuration.listen.host, port: port),
                settings: probeSettings,
                status: status,
                group: wiring.group,
                authentication: authentication,
                gateway: { nil }
            )
            return ServerListeners(server: server, probes: probes)
        } catch {
            Terminal.complain("cannot listen for probes on port \(port): \(error). Set another PORT_HEALTH")
            throw ExitCode.failure
        }
    }

    static func settings(_ configuration: HostConfiguration) -> HTTPSettings {
        var settings = HTTPSettings()
        settings.maximumBody = configuration.http.maxBody
        settings.allowedOrigins = configuration.http.allowedOrigins
        settings.allowedHosts = configuration.http.allowedHosts
        // Who listens beyond loopback is reached by names it cannot know, unless it says which.
        if settings.allowedHosts.isEmpty, !configuration.listen.isLoopback { settings.allowedHosts = ["*"] }
        settings.keepAlive = configuration.http.keepAlive
        settings.idleTimeout = configuration.http.idleTimeout
        settings.probePath = configuration.probe.path
        settings.legacyStreams = configuration.legacyStreams
        // A client that sends it back reaches this worker again: the gateway pins it, and names the worker itself when it can.
        if configuration.mode.mode == .loadBalancer,
            let worker = ProcessEnvironment.variables["RUNPOD_POD_ID"], !worker.isEmpty
        {
            settings.commonFields = [("x-runpod-worker-id", worker)]
        }
        return settings
    }

    /// The host's own address, as it stands in a URL.
    var address: String { Self.text(of: server.address) }

    /// The address for probes; nil when it is the host's own.
    var probeAddress: String? { probes.map { Self.text(of: $0.address) } }

    /// Takes no more connections and closes those there are.
    func close() async {
        for server in [server, probes].compactMap({ $0 }) {
            await server.stopListening()
            await server.closeConnections()
        }
    }

    private static func text(of address: SocketAddress?) -> String {
        guard let host = address?.ipAddress, let port = address?.port else { return "" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
