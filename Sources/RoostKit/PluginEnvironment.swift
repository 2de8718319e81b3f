/// What the host gives a plugin when it makes one: configuration, a place for data, a log, and ways to report
/// changes.
///
/// Valid for the life of the plugin; every function may be called from any thread.
public struct PluginEnvironment: Sendable {
    /// The plugin's own part of the host's configuration.
    ///
    /// An empty object when there is none.
    public let config: JSONValue

    let host: any HostLink
    let changes: ChangeSignal

    init(config: JSONValue, host: any HostLink, changes: ChangeSignal) {
        self.config = config
        self.host = host
        self.changes = changes
    }

    /// The plugin's name in the host's configuration.
    public var alias: String { host.alias }

    /// An absolute path that exists and belongs to this plugin alone.
    public var dataDirectory: String { host.dataDirectory }

    /// Writes a line to the operator's log.
    ///
    /// - Parameters:
    ///   - level: How serious it is; lines nobody reads are not formatted.
    ///   - message: Plain text.
    public func log(_ level: LogLevel, _ message: @autoclosure () -> String) {
        host.log(call: 0, level: level, logger: "") { .string(message()) }
    }

    /// Says that the plugin's lists read differently now: they are read again and clients are told what
    /// really changed.
    ///
    /// Declare the lists in ``Manifest/changingLists``. A call that arrives later already sees the new lists.
    /// When the new lists cannot be described, the fault is logged and the old ones stay.
    public func manifestChanged() { changes.raise() }

    /// Says that the resource at a URI reads differently now.
    ///
    /// Costs nothing when nobody subscribed to it.
    ///
    /// Declare ``Manifest/updatesResources``.
    public func resourceUpdated(_ uri: String) { host.resourceUpdated(uri) }

    /// Runs work beside the calls, on the SDK's own threads, where blocking harms no other plugin.
    ///
    /// Cancel the task in ``PluginContents/stop()`` and wait for it there: nothing else ends it.
    public func background(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: ThreadPool.shared) { await work() }
    }
}
