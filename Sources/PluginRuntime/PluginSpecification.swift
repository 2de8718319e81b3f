package import RoostJSON

/// What host.yaml says about one plugin, resolved: paths absolute, variables replaced, defaults filled in.
package struct PluginSpecification: Sendable, Hashable {
    /// Where the plugin runs.
    package enum Process: Sendable, Hashable {
        /// A cell of its own: a crash takes nobody along.
        case own
        /// The host's process: fastest, for trusted code.
        case host
        /// A cell shared with the plugins that name the same group.
        case group(String)
    }

    /// When the plugin is started.
    package enum Start: Sendable, Hashable { case lazy, eager }

    /// The plugin's name in host.yaml, unique in a host.
    package var alias: String
    /// Absolute path of the shared library.
    package var library: String
    /// Absolute path of another library that the plugin opens by itself; nil: none that is known of.
    package var opens: String?
    package var process: Process = .own
    package var start: Start = .lazy
    /// The plugin's own settings, handed to create as they are.
    package var config: JSONObject = [:]
    /// Environment variables a cell of this plugin may read.
    ///
    /// In the host's process nothing can be hidden.
    package var environment: [String: String] = [:]
    /// Absolute path of a directory that belongs to this alias; made when it is missing.
    package var dataDirectory: String
    /// Calls that run at once.
    ///
    /// The smaller of this and the plugin's own limit holds.
    package var concurrency: Int = 32
    /// Calls that wait for a place; one more is refused as busy.
    package var queue: Int = 256
    /// How long a call may take, from the moment it is taken to the answer.
    package var deadline: Duration = .seconds(30)
    /// The same for single tools, by their own names; these win over ``deadline``, be they shorter or longer.
    package var toolDeadlines: [String: Duration] = [:]

    /// How long it may hold a call after the deadline before it counts as hung.
    package var hangGrace: Duration = .seconds(5)
    /// How it is started again when it died.
    package var restart = RestartSettings()

    /// Bytes of address space its cell may map; nil: no limit but the system's.
    ///
    /// In the host's process nothing is held back.
    package var memory: Int?
    /// Descriptors its cell may hold open; nil: no limit but the system's.
    package var openFiles: Int?
    /// Processes and threads its cell may have beside those its user has already; nil: no limit but the system's.
    ///
    /// The kernel does not count root's.
    package var processes: Int?
    /// CPU time its cell may use in its life; nil: no limit but the system's.
    package var cpu: Duration?

    /// How much its confinement matters.
    package var confinement: ConfinementLevel = .bestEffort
    /// What it may do beyond what every confined plugin may.
    package var permissions = PluginPermissions()
    /// False: it is prepared although it asks for more than ``permissions``, so that what it asks for can be shown.
    package var mustBeGranted = true

    /// What is asked of its library before any of its code runs.
    package var trust = PluginTrust()
    /// What the lock says it is; nil: no lock is in force.
    package var pin: PluginPin?

    /// The host's HTTP for it; nil: the host offers none.
    package var http: PluginHTTP?
    /// True when a changed library is loaded as soon as it is written.
    package var isWatched = false
    /// How long after a reload a crash brings the version before back.
    ///
    /// Default 10 seconds.
    package var probation: Duration = .seconds(10)

    package init(alias: String, library: String, dataDirectory: String) {
        self.alias = alias
        self.library = library
        self.dataDirectory = dataDirectory
    }
}

extension PluginSpecification {
    /// What it takes to get from one specification to another.
    package enum Change: Sendable, Hashable {
        case none
        /// Only what the host itself keeps to: it holds at once, and the plugin is not touched.
        case limits
        /// The plugin has to be started anew.
        case process
    }

    /// What has to happen when host.yaml says `other` from now on.
    package func change(to other: PluginSpecification) -> Change {
        if self == other { return .none }
        // Its cells are started otherwise with a lock than without one.
        if opens != nil, (pin == nil) != (other.pin == nil) { return .process }
        var adjusted = self
        adjusted.concurrency = other.concurrency
        adjusted.queue = other.queue
        adjusted.deadline = other.deadline
        adjusted.toolDeadlines = other.toolDeadlines
        adjusted.start = other.start
        adjusted.restart = other.restart
        adjusted.hangGrace = other.hangGrace
        adjusted.isWatched = other.isWatched
        adjusted.trust = other.trust
        adjusted.pin = other.pin
        adjusted.probation = other.probation
        return adjusted == other ? .limits : .process
    }

    /// How long a request may take at most.
    func deadline(of request: PluginRequest) -> Duration {
        let general = request.limit ?? deadline
        guard !toolDeadlines.isEmpty, request.method == "tools/call" else { return general }
        return toolDeadlines[request.target] ?? general
    }
}
