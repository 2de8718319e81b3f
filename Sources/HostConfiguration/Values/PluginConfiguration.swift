package import RoostJSON

/// What host.yaml says about one plugin.
package struct PluginConfiguration: Sendable {
    /// Its name: the key under `plugins`, letters, digits and hyphens, beginning with a letter.
    package let alias: String
    /// The file name of its library, to be found in the search path, or an absolute path.
    package var library: String
    /// The C library whose functions it serves; its own library is then the one that does that.
    ///
    /// Default nil: it is a plugin itself.
    package var functions: ForeignLibrary?
    /// Where it runs.
    ///
    /// Default: in a cell of its own.
    package var process = PluginProcess.own
    /// When it starts.
    ///
    /// Default: at its first call.
    package var start = PluginStart.lazy
    /// What the plugin is told, as a JSON object.
    ///
    /// Default: an empty one.
    package var config: JSONValue = .object([:])
    /// Names of the environment variables it may read; no other reaches it.
    ///
    /// Default: none.
    package var secrets: [String] = []
    /// Its HTTP requests, which the host sends.
    package var outbound = PluginOutbound()
    /// What it may use.
    package var limits = PluginLimits()
    /// How it is started again after a crash.
    package var restart = PluginRestart()
    /// Whether a changed library is loaded by itself.
    ///
    /// Default: when an operator asks.
    package var reload = PluginReload.manual
    /// How long after a reload a crash brings the version before back.
    ///
    /// Default 10 seconds.
    package var probation: Duration = .seconds(10)
    /// What stands under each key of it, for comparing two files.
    package var sections: [String: JSONValue] = [:]
    /// What is kept of its tools' answers, by the tool's own name.
    ///
    /// Default: what the tools' authors say.
    package var cache: [String: ToolCacheConfiguration] = [:]
    /// Which of its tools are served, and under what names.
    package var tools = ToolSelection()
    /// The time single tools may take, by their own names; the rest has ``PluginLimits/deadline``.
    ///
    /// Default: none.
    package var deadlines: [String: Duration] = [:]
    /// When a call is made again.
    package var retries = RetryConfiguration()
    /// When it is taken out of service.
    package var breaker = BreakerConfiguration()
    /// Rules for its calls beside those of the host.
    ///
    /// Default: none.
    package var rateLimits: [RateLimitRule] = []
    /// What it may do beyond what every confined plugin may.
    package var grants = PluginGrants()
    /// How much its confinement matters.
    ///
    /// Default nil: as the host says.
    package var confinement: ConfinementChoice?
    /// What is asked of its library.
    package var trust = PluginTrustConfiguration()
    /// Where the library is named, for faults about it.
    package let libraryPlace: ConfigurationFault.Place

    init(alias: String, library: String, libraryPlace: ConfigurationFault.Place) {
        self.alias = alias
        self.library = library
        self.libraryPlace = libraryPlace
    }
}
