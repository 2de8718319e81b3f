/// A started plugin, whatever process it lives in.
///
/// One object for one life: a plugin that is started again is a new one.
protocol Backend: AnyObject, Sendable {
    /// How many calls the plugin itself takes at once. 0: no limit of its own.
    var concurrency: Int { get }

    /// The manifest as the plugin gave it when it was started.
    var manifest: [UInt8] { get }

    /// Why the process that held the plugin is gone; nil while it lives.
    var death: CellDeath? { get }

    /// The process that holds the plugin; nil when it is gone.
    var process: Int32? { get }

    /// True when the process holds more than this plugin.
    var isShared: Bool { get }

    /// The plugin hangs: writes down where its threads stand, and ends the process.
    ///
    /// The end comes as a death with this reason. Gives the stacks; nil when the plugin cannot be replaced, and stays.
    func replace(because reason: String) async -> [ThreadStack]?

    /// What holds the plugin back.
    var confinement: ConfinementReport { get }

    /// Hands a call to the plugin. The end comes through the host side, perhaps before this returns.
    ///
    /// Any thread; never from inside a callback of the plugin.
    ///
    /// The deadline is in nanoseconds of the monotonic clock. 0: none.
    func call(_ token: CallToken, _ request: PluginRequest, deadline: UInt64)

    /// Asks the plugin for an early end. Any thread, also inside callbacks; may come late.
    func cancel(_ token: CallToken)

    /// Asks the plugin for its manifest again.
    func readManifest() async throws(PluginFailure) -> [UInt8]

    /// True when the plugin can hand its state over to another version of it.
    var keepsState: Bool { get }

    /// The plugin's state. Only while it has no call, and never beside ``readManifest()``.
    func exportState() async throws(PluginFailure) -> [UInt8]

    /// Hands over what another generation exported. Only before the first call.
    func importState(_ state: [UInt8]) async throws(PluginFailure)

    /// Stops and destroys the plugin, at the latest when `deadline` has passed.
    func stop(by deadline: ContinuousClock.Instant) async
}

/// Brings a plugin to life in the place its specification names.
protocol BackendLauncher: Sendable {
    /// What will hold the plugin back when it runs.
    var confinement: ConfinementReport { get }

    /// Loads, creates and starts the plugin.
    func launch(host: any HostSide) async throws(PluginFailure) -> any Backend

    /// Creates the plugin only to ask for its manifest, and destroys it again.
    func inspect(host: any HostSide) async throws(PluginFailure) -> [UInt8]
}
