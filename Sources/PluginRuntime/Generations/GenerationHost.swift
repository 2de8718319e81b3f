import Synchronization

/// The host around one generation of a plugin: tells the handle what its backend says, and which generation says it.
final class GenerationHost: HostSide {
    let generation: Generation
    private let plugin: PluginHandle
    private let requests: HTTPSession?
    /// True when the manifest changed before the generation took calls, and nobody has asked for it again.
    private let isManifestStale = Atomic(false)

    init(_ generation: Generation, of plugin: PluginHandle, http: PluginHTTP?, _ declared: [DeclaredUpstream])
    {
        self.generation = generation
        self.plugin = plugin
        requests = http.map { HTTPSession($0, declared) }
    }

    func completed(_ token: CallToken, status: Int32, result: [UInt8]) {
        plugin.completed(token, by: generation, status: status, result: result)
    }

    func logged(_ token: CallToken, level: PluginLogLevel, logger: String, data: [UInt8]) {
        plugin.logged(token, level: level, logger: logger, data: data)
    }

    func manifestChanged() {
        if !plugin.manifestChanged(by: generation) { isManifestStale.store(true, ordering: .releasing) }
    }

    func reported(_ token: CallToken, progress: Double, total: Double, message: String) {
        plugin.reported(token, progress: progress, total: total, message: message)
    }

    func resourceUpdated(_ uri: String) { plugin.resourceUpdated(uri) }

    func closeStream(_ token: CallToken, retry: Duration) -> Bool { plugin.closeStream(token, retry: retry) }

    var operatorLogLevel: PluginLogLevel { plugin.operatorLogLevel }

    func misbehaved(_ what: String) { plugin.misbehaved(what) }

    var http: (any HTTPSide)? { requests }

    func died(because death: CellDeath) -> [StrickenCall] {
        requests?.close()
        return plugin.died(generation, because: death)
    }

    /// The generation takes calls now: its own header fields hold, and a change that came too early is looked at.
    func opened(_ declared: [DeclaredUpstream]) {
        requests?.declare(declared)
        if isManifestStale.exchange(false, ordering: .acquiring) { manifestChanged() }
    }
}
