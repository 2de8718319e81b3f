import ArgumentParser
import Gateway
import HostConfiguration
import Logging
import MCP
import NIOCore
import NIOPosix
import OutboundHTTP
import PluginRuntime
import Policies
import Redis
import RoostJSON
import RunPod
import Telemetry

/// Puts a host together from its configuration: the one place that knows every part.
struct Wiring {
    var configuration: HostConfiguration
    let group: MultiThreadedEventLoopGroup
    let logger: Logger
    /// What several hosts share; nil when host.yaml names no Redis.
    let redis: RedisClient?
    /// Which plugins are out of service; nil when none has a breaker.
    let breakers: CircuitBreakers?
    /// The HTTP client of the whole host, its plugins included.
    let outbound: CurlClient
    let telemetry: HostTelemetry
    /// When each phase of the start was done.
    let start: StartLedger

    init(_ configuration: HostConfiguration) {
        self.configuration = configuration
        start = .ofThisProcess()
        group = MultiThreadedEventLoopGroup.singleton
        logger = HostLog.bootstrap(configuration.log)
        let registry = HostTelemetry.bootstrapMetrics()
        outbound = Self.outbound(configuration)
        telemetry = HostTelemetry(
            configuration,
            registry: registry,
            client: outbound,
            group: group,
            logger: logger
        )
        breakers = Self.breakers(configuration, logger: logger)
        redis = Self.redis(configuration.redis, group: group, logger: logger)
        registry.collect(start.collect)
        start.mark(.configured)
    }

    /// What every call to a plugin passes, in this order; what is not configured is nil and costs nothing.
    ///
    /// Whoever watches sees everything; who is refused costs nothing further; what protects a plugin stands behind the cache,
    /// so that hits are given while the plugin is out of service.
    func policies(_ cache: AnswerCache? = nil) -> PolicyChain {
        let inOrder: [(any Policy)?] = [
            CallMetrics(),
            callLog,
            CallAuthorization(),
            rateLimit,
            concurrencyCap,
            CallDeadline(maximum: longestCall),
            ArgumentValidation(),
            TaskAdmission(),
            cache,
            largeAnswers,
            retries,
            breakers,
        ]
        return PolicyChain(inOrder.compactMap { $0 })
    }

    /// Puts answers aside that the platform would not pass on; nil where it has no limit.
    private var largeAnswers: LargeAnswers? {
        guard let most = configuration.mode.mode.answerLimit else { return nil }
        let store = answerStore
        // The message around a result needs some room.
        return LargeAnswers(limit: most - 65_536) { result, id in
            do throws(AnswerStoreFault) {
                return .at(uri: try await store.keep(result, for: id, mediaType: "application/json").uri)
            } catch {
                return .nowhere(because: error.description)
            }
        }
    }

    /// No call takes longer: what the operator says, and what the platform in front of the host waits for.
    private var longestCall: Duration? {
        [configuration.limits.deadline, configuration.mode.mode.requestLimit].compactMap { $0 }.min()
    }

    /// What the plugins that are selected are to be.
    ///
    /// - Throws: ``ConfigurationFaults`` when libraries cannot be found, ``LockFault`` when the lock names other plugins.
    var specifications: [PluginSpecification] {
        get throws {
            try lock(searchedSpecifications)
        }
    }

    /// The same, whatever a lock says.
    private var searchedSpecifications: [PluginSpecification] {
        get throws(ConfigurationFaults) {
            let paths = try LibrarySearch(configuration).paths(of: configuration.selectedPlugins)
            return configuration.selectedPlugins.map { plugin in
                specification(of: plugin, library: paths[plugin.alias] ?? plugin.library)
            }
        }
    }

    /// The same for looking at plugins whatever a lock says; ends the command when libraries cannot be found.
    func unlockedSpecifications() throws -> [PluginSpecification] {
        do throws(ConfigurationFaults) { return try searchedSpecifications } catch {
            Terminal.complain("\(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
    }

    /// Under which names the operator shows tools.
    var shownName: Catalog.ShownName {
        let selections = Dictionary(uniqueKeysWithValues: configuration.plugins.map { ($0.alias, $0.tools) })
        return { tool, alias in
            guard let selection = selections[alias] else { return tool }
            return selection.includes(tool) ? selection.servedName(of: tool) : nil
        }
    }

    /// Prepares the plugins that are selected.
    ///
    /// Ends the command with the status of a bad configuration when libraries cannot be found or the lock says otherwise.
    func prepareRuntime() async throws -> PluginRuntime {
        let specifications: [PluginSpecification]
        do {
            specifications = try self.specifications
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
        let runtime = await PluginRuntime.prepare(
            specifications,
            dataDirectory: configuration.data,
            hostExecutable: "/proc/self/exe",
            crashReports: configuration.crashReports,
            group: group,
            logger: logger
        )
        try await refuseIfUnlocked(runtime)
        return runtime
    }

    /// Makes the gateway that serves the plugins.
    ///
    /// `policies`: what calls pass instead of the host's own chain, to measure it. `cache` and `tasks`: nil for commands that
    /// ask a plugin once. `reloads` tells whether plugins may be reloaded while it serves.
    func gateway(
        _ runtime: PluginRuntime,
        policies: PolicyChain? = nil,
        cache: AnswerCache? = nil,
        tasks: TaskService? = nil,
        reloads: Bool = false
    ) -> Gateway {
        var limits = GatewayServices.Limits()
        limits.pageSize = configuration.pageSize
        limits.stateLifetime = configuration.stateTTL.components.seconds
        limits.sessionLifetime = configuration.sessionTTL.components.seconds
        let services = GatewayServices(
            policies: policies ?? self.policies(cache),
            sealer: Sealer(keyRing),
            limits: limits,
            logger: logger,
            tracer: telemetry.tracer,
            audit: telemetry.audit,
            absentee: { [separator = configuration.toolSeparator] tool in
                runtime.failures.first { tool.hasPrefix($0.plugin + separator) }?.plugin
            },
            tasks: tasks,
            now: { Timestamp.now.seconds },
            after: { [group] delay, action in _ = group.next().scheduleTask(in: TimeAmount(delay), action) }
        )
        var catalog = Catalog.Settings(host: HostIdentity.implementation)
        catalog.separator = configuration.toolSeparator
        catalog.shownName = shownName
        catalog.allListsMayChange = reloads
        let gateway = Gateway(runtime.plugins, catalog: catalog, services: services)
        runtime.observe(gateway.changes)
        observe(gateway, runtime)
        if let cache {
            observe(cache)
            checkCacheRules(runtime)
        }
        return gateway
    }

    private var keyRing: KeyRing {
        guard configuration.stateKeys.isEmpty else { return KeyRing(configuration.stateKeys.map(\.bytes)) }
        logger.notice(
            "no state_keys are configured: sessions and request state end with this process and no other worker can take them over; set state_keys or ROOST_STATE_KEYS to change that"
        )
        return .random()
    }

    func specification(of plugin: PluginConfiguration, library: String) -> PluginSpecification {
        var result = PluginSpecification(
            alias: plugin.alias,
            library: library,
            dataDirectory: "\(configuration.data)/plugins/\(plugin.alias)"
        )
        switch plugin.process {
        case .own: result.process = .own
        case .host: result.process = .host
        case .group(let name): result.process = .group(name)
        }
        result.start = plugin.start == .eager ? .eager : .lazy
        result.config = plugin.config.object ?? [:]
        let environment = ProcessEnvironment.variables
        result.environment = environment.filter { plugin.secrets.contains($0.key) }
        result.concurrency = plugin.limits.concurrency
        result.queue = plugin.limits.queue
        result.deadline = plugin.limits.deadline
        result.toolDeadlines = plugin.deadlines
        result.hangGrace = plugin.limits.hangGrace
        result.restart.max = plugin.restart.max
        result.restart.within = plugin.restart.within
        result.restart.backoff = plugin.restart.backoff
        result.memory = plugin.limits.memory
        result.openFiles = plugin.limits.openFiles
        result.http = http(of: plugin)
        result.isWatched = plugin.reload == .watch
        result.probation = plugin.probation
        confine(&result, as: plugin)
        findLibrary(of: plugin, for: &result)
        result.trust = trust(of: plugin)
        return result
    }
}
