import ArgumentParser
import Gateway
import HostConfiguration
import Logging
import PluginRuntime
import Policies
import RoostJSON
import RunPod
import Telemetry
import Transports
import WorkStore

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
        let signals = TerminationSignals()
        let wiring = Wiring(configuration)
        let logger = wiring.logger
        logger.notice("mode \(configuration.mode.mode.rawValue): \(configuration.mode.reason)")
        // A cold start ends with the first job: its take waits for nothing.
        let queue = try wiring.queueWorker()
        await queue?.begin()
        let gateway = SharedValue<Gateway?>(nil)
        let status = HostStatus(version: HostIdentity.version) { "\(Timestamp.now)" }
        let actions = SharedValue<AdminTable?>(nil)
        let authentication = try wiring.httpAuthentication { gateway.value?.catalog.aliases }
        let jobs = SharedValue<JobQueue?>(nil)
        let listeners = try await ServerListeners.open(
            wiring,
            path,
            status,
            actions,
            authentication,
            JobAPI { jobs.value }
        ) {
            gateway.value
        }
        wiring.start.mark(.listening)
        let address = listeners.address
        if let probes = listeners.probeAddress { logger.notice("probes are answered at \(probes)") }
        if let addressFile { try AddressFile(path: addressFile).write(address) }

        let runtime: PluginRuntime
        do {
            runtime = try await wiring.prepareRuntime()
        } catch {
            await queue?.reportUnhealthy(
                check: "configuration",
                reason: "the plugins cannot be prepared; the worker's log says why"
            )
            throw error
        }
        wiring.start.mark(.manifests)
        let cache = wiring.answerCache()
        let work = wiring.workStore()
        let tasks = wiring.taskService(work)
        tasks?.start()
        let ready = wiring.gateway(runtime, cache: cache, tasks: tasks, reloads: true)
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
        let http = LocalHTTP(
            settings: ServerListeners.settings(configuration),
            status: status,
            admin: .beside(table: { actions.value }),
            authentication: authentication,
            metrics: MetricsEndpoint(wiring.telemetry.registry)
        ) {
            gateway.value
        }
        let runner = wiring.jobRunner(http) { gateway.value }
        jobs.value = wiring.jobQueue(work, runner)
        if let queue { await wiring.open(queue, for: runner, runtime) }
        Task {
            await runtime.startEager()
            wiring.start.mark(.eager)
            wiring.becomeReady(status, runtime)
            await jobs.value?.start()
        }
        Banner.print(address: address, runtime: runtime)
        if configuration.auth != nil {
            Terminal.say(
                Terminal.dim(
                    "Callers show who they are: make a key with roost key new, and put it in ROOST_API_KEY."
                )
            )
        }
        onReady(runtime, address)
        let upkeep = wiring.upkeep(runtime)
        let looking = Task { await upkeep.run() }

        for await _ in signals.asked { break }
        logger.notice("stopping: open calls may finish, nothing new is begun")
        status.beginDraining()
        looking.cancel()
        withExtendedLifetime(hangup) {}
        ready.finishStreams()
        let drain = Drain(grace: configuration.stopGrace, logger: logger) { deadline in
            async let queueIsDrained: Void? = queue?.drain(by: .now + (deadline - .now) * 0.9)
            await jobs.value?.drain(before: deadline)
            await reload.stop()
            await queueIsDrained
            await runtime.stop(by: deadline)
        }
        await drain.run(signals)
        await tasks?.stop()
        ready.finishStreams()
        await listeners.close()
        await operators?.stopListening()
        await operators?.closeConnections()
        await cache.close()
        await work?.close()
        await wiring.telemetry.finish()
    }
}
