import ArgumentParser
import Gateway
import HostConfiguration
import Logging
import NIOCore
import PluginRuntime
import Policies
import RoostJSON
import Telemetry
import Transports

/// Serves plugins over HTTP until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve plugins over Streamable HTTP."
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(
        help: "Write the address that was bound to this file, for programs that start the host on port 0."
    )
    var addressFile: String?

    @Flag(help: "Load the library of every plugin as soon as it is written anew.")
    var watch = false

    func run() async throws {
        let configuration = try options.load()
        try configuration.refuseIfExposed(options.config)
        try await Self.serve(
            configuration,
            path: options.config,
            addressFile: addressFile,
            watchesAll: watch
        )
    }

    /// Serves until the process is told to stop.
    ///
    /// `path` is the file the configuration came from; `onReady` hears when requests are answered, and where.
    static func serve(
        _ configuration: HostConfiguration,
        path: String,
        addressFile: String?,
        watchesAll: Bool,
        onReady: @Sendable (PluginRuntime, _ address: String) -> Void = { _, _ in }
    ) async throws {
        let wiring = Wiring(configuration)
        let gateway = SharedValue<Gateway?>(nil)
        let status = HostStatus(version: HostIdentity.version) { "\(Timestamp.now)" }
        let actions = SharedValue<AdminTable?>(nil)
        let authentication = try wiring.httpAuthentication { gateway.value?.catalog.aliases }
        let server = try await listen(wiring, path, status, actions, authentication) { gateway.value }
        let address = Self.text(of: server.address)
        if let addressFile { try AddressFile(path: addressFile).write(address) }

        let runtime = try await wiring.prepareRuntime()
        let cache = wiring.answerCache()
        let ready = wiring.gateway(runtime, cache: cache, reloads: true)
        gateway.value = ready
        let operators = try await wiring.listenForOperators(status) { actions.value }
        let reload = HostReload(path, wiring, runtime, ready, watchesAll: watchesAll)
        let audit = wiring.telemetry.audit
        let hangup = HangupSignal {
            Task {
                let fault = await reload.reload().fault
                audit.record(AuditEvent(.reload, fault == nil ? .done : .failed, reason: fault ?? "SIGHUP"))
            }
        }
        await reload.watchLibraries()
        actions.value = wiring.adminActions(runtime, status, reload, cache)
        status.becomeReady(
            { HealthReport.plugins(runtime, wiring.breakers) },
            further: { wiring.sharedHealth }
        )
        Banner.print(address: address, runtime: runtime)
        if configuration.auth != nil {
            Terminal.say(
                Terminal.dim(
                    "Callers show who they are: make a key with roost key new, and put it in ROOST_API_KEY."
                )
            )
        }
        onReady(runtime, address)

        await TerminationSignal.wait()
        wiring.logger.notice("stopping: no new connections, open calls may finish")
        status.beginDraining()
        withExtendedLifetime(hangup) {}
        await reload.stop()
        await server.stopListening()
        ready.finishStreams()
        await runtime.stop(by: .now + configuration.stopGrace)
        await server.closeConnections()
        await operators?.stopListening()
        await operators?.closeConnections()
        await cache.close()
        await wiring.telemetry.finish()
    }

    private static func listen(
        _ wiring: Wiring,
        _ path: String,
        _ status: HostStatus,
        _ actions: SharedValue<AdminTable?>,
        _ authentication: HTTPAuthentication,
        gateway: @escaping @Sendable () -> Gateway?
    ) async throws -> HTTPServer {
        let configuration = wiring.configuration
        var settings = HTTPSettings()
        settings.maximumBody = configuration.http.maxBody
        settings.allowedOrigins = configuration.http.allowedOrigins
        settings.allowedHosts = configuration.http.allowedHosts
        // Who listens beyond loopback is reached by names it cannot know, unless it says which.
        if settings.allowedHosts.isEmpty, !configuration.listen.isLoopback { settings.allowedHosts = ["*"] }
        settings.keepAlive = configuration.http.keepAlive
        settings.idleTimeout = configuration.http.idleTimeout
        do {
            return try await HTTPServer.listen(
                at: .tcp(host: configuration.listen.host, port: configuration.listen.port),
                settings: settings,
                status: status,
                group: wiring.group,
                admin: .beside(table: { actions.value }),
                authentication: authentication,
                metrics: MetricsEndpoint(wiring.telemetry.registry),
                gateway: gateway
            )
        } catch {
            Terminal.complain(
                "cannot listen on \(configuration.listen): \(error). Choose another address under listen in \(path), or set PORT"
            )
            throw ExitCode.failure
        }
    }

    private static func text(of address: SocketAddress?) -> String {
        guard let host = address?.ipAddress, let port = address?.port else { return "" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
