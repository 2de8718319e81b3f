package import RoostJSON

/// What host.yaml and the environment say, checked and with every default filled in.
///
/// ```
/// host.yaml → YAML nodes with marks → ${NAME} replaced → checked, all faults collected → these values
/// ```
///
/// Reading never looks for a plugin's library, so that a file can be checked without the files it names;
/// ``LibrarySearch`` does that. Relative paths in the file are relative to the folder of the file.
package struct HostConfiguration: Sendable {
    /// Where the host runs, and how that was found out.
    package var mode = HostMode.Choice(mode: .local, reason: "nothing says otherwise")
    /// Where to listen.
    ///
    /// Default 127.0.0.1:8000. The environment's PORT and HOST win over the file.
    package var listen = ListenAddress()
    /// Where operators' tools reach the host.
    ///
    /// Default nil: the socket ``defaultAdminSocket`` in the data folder.
    package var adminListen: AdminAddress?
    /// How long the host may take to stop: open calls finish, plugins stop, what is left is killed.
    ///
    /// Default 10 seconds; 8 seconds in RunPod's modes, which leaves time before a container is killed.
    package var stopGrace: Duration = .seconds(10)
    /// Reports of crashes that are kept for each plugin, 0 to 10,000; the oldest go first.
    ///
    /// Default 20.
    package var crashReports = 20
    /// Answers that were too long for their way to the client, in the folder answers of the data folder.
    ///
    /// Default: a week, as long as the address of one in a bucket is good, and 10 GiB.
    package var answers = KeptFilesConfiguration(keep: .seconds(7 * 86_400), size: 10 << 30)
    /// Copies of libraries that no host uses, in the folder images of the data folder.
    ///
    /// Default: a week and 1 GiB. What a host uses stays, whatever this says.
    package var images = KeptFilesConfiguration(keep: .seconds(7 * 86_400), size: 1 << 30)
    /// Absolute path of the folder for images, manifests and the plugins' own data.
    ///
    /// Default: the folder roost on RunPod's volume when there is one, otherwise var beside host.yaml. The environment's
    /// ROOST_DATA wins over the file.
    package var data: String
    /// Absolute folders that are searched for libraries, in order.
    ///
    /// Default: the folder of host.yaml.
    package var pluginsPath: [String]
    /// Named selections of plugins, by name.
    ///
    /// Default: none.
    package var bundles: [String: [String]] = [:]
    /// Every plugin of the file, in the file's order, chosen or not.
    package var plugins: [PluginConfiguration] = []
    /// Aliases of the plugins to serve, in the file's order.
    ///
    /// Default: all of them.
    package var selection: [String] = []
    /// Keys that seal sessions, request state and cursors: the first one seals, all of them verify.
    ///
    /// Default: none, which means that the host makes one for its own lifetime. The environment's
    /// ROOST_STATE_KEYS wins over the file.
    package var stateKeys: [StateKey] = []
    /// Who may call.
    ///
    /// Default nil: nobody is asked, and only this machine can connect.
    package var auth: AuthConfiguration?
    /// Where load balancers ask.
    package var probe = ProbeConfiguration()
    /// True when clients of legacy sessions may open streams that belong to no request.
    ///
    /// Default true, except behind RunPod's load balancer.
    package var legacyStreams = true
    /// How HTTP is served.
    package var http = HTTPConfiguration()
    /// How the host's own HTTP requests connect.
    package var outbound = OutboundConfiguration()
    /// What is logged, and how.
    package var log = LogConfiguration()
    /// Who called what: one line for each call.
    package var accessLog = AccessLogConfiguration()
    /// Where spans are sent.
    ///
    /// Default: nil, nowhere; traces of callers are passed on all the same.
    package var tracing: TracingConfiguration?
    /// What stands between the alias and the name of a tool where all plugins share one list.
    ///
    /// Default: an underscore.
    package var toolSeparator = "_"
    /// How many entries one page of a list holds, 1 to 10,000.
    ///
    /// Default 100.
    package var pageSize = 100
    /// How long a session of a legacy client lives without a request.
    ///
    /// Default one day.
    package var sessionTTL: Duration = .seconds(86_400)
    /// Where answers of tools are kept.
    package var cache = CacheConfiguration()
    /// How long a client may take to answer a round of a multi-round request.
    ///
    /// Default ten minutes.
    package var stateTTL: Duration = .seconds(600)
    /// What hosts share, and where.
    package var redis = RedisConfiguration()
    /// Where jobs and tasks are kept.
    package var work = WorkConfiguration()
    /// When calls become tasks.
    package var tasks = TasksConfiguration()
    /// How often callers may call.
    package var rateLimits = RateLimitConfiguration()
    /// What all plugins together may use.
    package var limits = HostLimits()
    /// How a worker of a RunPod queue works.
    package var queue = QueueConfiguration()

    /// The jobs of the job API.
    package var jobs = JobsConfiguration()

    /// How much the confinement of plugins matters, for those that do not say so themselves.
    ///
    /// Default: best-effort.
    package var confinement = ConfinementChoice.bestEffort
    /// What `roost deploy` makes of this host at RunPod.
    ///
    /// Default nil: nothing is deployed.
    package var deploy: DeployConfiguration?
    /// Which libraries the host runs.
    package var trust = TrustConfiguration()
    /// What every plugin has to be.
    package var lock: LockConfiguration
    /// What stands under each key of the file, for comparing two files.
    package var sections: [String: JSONValue] = [:]

    /// The plugins to serve, in the file's order.
    package var selectedPlugins: [PluginConfiguration] { plugins.filter { selection.contains($0.alias) } }

    /// The socket for operators when the file names no other address.
    package var defaultAdminSocket: AdminAddress { .unix(data + "/roost.sock") }

    init(folder: String) {
        data = folder + "/var"
        pluginsPath = [folder]
        lock = LockConfiguration(path: folder + "/host.lock")
    }
}

extension HostConfiguration {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The file; a relative path starts at the working directory.
    ///   - environment: The variables for `${NAME}` and the ones that win over the file.
    /// - Returns: The checked values.
    /// - Throws: ``ConfigurationFaults`` with everything that is wrong.
    package static func load(
        path: String,
        environment: [String: String]
    ) throws(ConfigurationFaults) -> HostConfiguration {
        let text = try ConfigurationFile.text(at: path)
        return try HostConfiguration(parsing: text, file: path, environment: environment)
    }

    /// Reads a text as if it stood in a file.
    ///
    /// - Parameters:
    ///   - text: The YAML.
    ///   - file: The name for messages; its folder is where relative paths start.
    ///   - environment: The variables for `${NAME}` and the ones that win over the file.
    /// - Throws: ``ConfigurationFaults`` with everything that is wrong.
    package init(
        parsing text: String,
        file: String,
        environment: [String: String]
    ) throws(ConfigurationFaults) {
        var reader = ConfigurationReader(file: file, environment: environment)
        let configuration = reader.read(text)
        guard reader.faults.isEmpty else { throw ConfigurationFaults(faults: reader.faults) }
        self = configuration
    }

    /// The path of every key there is, with a star where the file chooses the name: `plugins.*.limits.memory`.
    package static var keyPaths: [String] { ConfigurationKeys.all }
}
