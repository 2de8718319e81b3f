import CRoost
import Glibc
import Synchronization

/// One created plugin: its functions, its calls, and the host table it was given.
///
/// The only code that calls plugins.
///
/// Invariants behind @unchecked Sendable: `table` and `plugin` are written once, by ``create(_:image:services:)``, before
/// anybody else has the instance; afterwards they are only read. The plugin's own state is guarded by the thread tags of the
/// contract, which callers keep: control functions one after the other, the others at any time in between start and stop.
final class PluginInstance: @unchecked Sendable {
    /// Brings something to a thread that may call the plugin: not one inside a call of the plugin into the host.
    typealias Hop = @Sendable (@escaping @Sendable () -> Void) -> Void

    let alias: String
    let services: any HostSide
    /// Its HTTP requests; nil when there is no HTTP here.
    let http: HTTPRequests?
    let image: PluginImage
    private(set) var table: HostTable?
    private var plugin: UnsafePointer<roost_plugin>?
    private let calls = Mutex(OpenCalls())

    private init(alias: String, image: PluginImage, services: any HostSide, hop: @escaping Hop) {
        self.alias = alias
        self.image = image
        self.services = services
        http = services.http.map { HTTPRequests($0, hop: hop) }
    }

    /// Makes an instance without starting it. [control]
    static func create(
        _ blueprint: PluginBlueprint,
        image: PluginImage,
        services: any HostSide,
        hop: @escaping Hop
    ) throws(PluginFailure) -> PluginInstance {
        let instance = PluginInstance(alias: blueprint.alias, image: image, services: services, hop: hop)
        // Invariant: retained for the table's context, released by destroy when nothing can call the table any more.
        let context = Unmanaged.passRetained(instance).toOpaque()
        let table = HostTable(
            instance: context,
            alias: blueprint.alias,
            dataDirectory: blueprint.dataDirectory,
            hasHTTP: instance.http != nil
        )
        instance.table = table
        let plugin = blueprint.config.withUnsafeBufferPointer {
            image.entry.pointee.create(table.host, roost_view(data: $0.baseAddress, size: $0.count))
        }
        func refused(_ message: String) -> PluginFailure {
            table.free()
            Unmanaged<PluginInstance>.fromOpaque(context).release()
            return PluginFailure(.unavailable, plugin: blueprint.alias, message)
        }
        guard let plugin else {
            throw refused(
                """
                plugin \(blueprint.alias) could not be created: \(blueprint.library) refused its configuration. \
                Its own log lines above say why; correct config in host.yaml
                """
            )
        }
        guard plugin.pointee.size >= UInt32(MemoryLayout<roost_plugin>.size) else {
            throw refused(
                """
                \(blueprint.library) gave a roost_plugin of \(plugin.pointee.size) bytes; plugin ABI 1 needs at least \
                \(MemoryLayout<roost_plugin>.size). Set size to sizeof(roost_plugin) and rebuild
                """
            )
        }
        let functions = ["start", "stop", "destroy", "manifest", "call", "cancel", "get_extension"]
        // Invariant: the size was compared just now; the functions stand in this row, one after the other.
        let missing = PluginDescription.missing(in: UnsafeRawPointer(plugin), functions, from: 16)
        guard missing.isEmpty else {
            throw refused(
                """
                \(blueprint.library) gave a roost_plugin whose \(missing.joined(separator: ", ")) is NULL. \
                Set every function of roost_plugin and rebuild
                """
            )
        }
        instance.plugin = plugin
        return instance
    }

    /// The instance behind a table.
    ///
    /// Called by the table's functions only.
    static func of(_ host: UnsafePointer<roost_host>) -> PluginInstance {
        // Invariant: the context was set from a retained instance and is never NULL while the table exists.
        Unmanaged<PluginInstance>.fromOpaque(host.pointee.context.unsafelyUnwrapped).takeUnretainedValue()
    }

    private var functions: UnsafePointer<roost_plugin> {
        // Invariant: nobody has an instance before create has set it.
        plugin.unsafelyUnwrapped
    }

    // MARK: The host calls the plugin

    /// Opens what the plugin needs.
    ///
    /// [control & created or stopped]
    func start() -> Int32 { functions.pointee.start(functions) }

    /// Closes it again.
    ///
    /// [control & started]
    func stop() {
        functions.pointee.stop(functions)
        http?.close()
    }

    /// Frees the plugin; calls it never completed leave their memory and the host table behind, for they may still come. [control & !started]
    func destroy() {
        http?.close()
        functions.pointee.destroy(functions)
        guard calls.withLock({ $0.count }) == 0, let table else { return }
        let context = table.host.pointee.context
        table.free()
        if let context { Unmanaged<PluginInstance>.fromOpaque(context).release() }
    }

    /// What the plugin serves.
    ///
    /// [control]
    func manifest() -> [UInt8] { functions.pointee.manifest(functions).bytes }

    /// True when the plugin has roost.state.
    var keepsState: Bool { stateFunctions != nil }

    /// The plugin's state for another version of it, and ROOST_OK; nothing with any other status.
    ///
    /// [control & started, no call open]
    func exportState() -> (status: Int32, state: [UInt8]) {
        guard let state = stateFunctions else { return (PluginStatus.unsupported.rawValue, []) }
        var buffer = roost_buffer()
        let status = state.pointee.export_state(functions, &buffer)
        // Invariant: what was handed over is released once, here, whatever the status is.
        defer { if let release = buffer.release { release(buffer.context) } }
        guard status == PluginStatus.ok.rawValue, let data = buffer.data else { return (status, []) }
        return (status, Array(UnsafeBufferPointer(start: data, count: buffer.size)))
    }

    /// Hands a state over that another version exported.
    ///
    /// [control & started, no call was made]
    func importState(_ bytes: [UInt8]) -> Int32 {
        guard let state = stateFunctions else { return PluginStatus.unsupported.rawValue }
        return bytes.withUnsafeBufferPointer {
            state.pointee.import_state(functions, roost_view(data: $0.baseAddress, size: $0.count))
        }
    }

    private var stateFunctions: UnsafePointer<roost_plugin_state>? {
        guard let table = functions.pointee.get_extension(functions, ROOST_EXT_STATE) else { return nil }
        // Invariant: the id stands for this struct, and it lives until destroy.
        let state = table.assumingMemoryBound(to: roost_plugin_state.self)
        return state.pointee.size >= UInt32(MemoryLayout<roost_plugin_state>.size) ? state : nil
    }

    /// Begins a call.
    ///
    /// [worker & started]
    func call(_ token: CallToken, _ request: PluginRequest, deadline: UInt64) {
        let block = RequestBlock(request, deadline: deadline)
        calls.withLock { $0.insert(token, block, deadline: deadline, context: request.context) }
        functions.pointee.call(functions, token.value, block.pointer)
    }

    /// Asks for an early end.
    ///
    /// [any & started]
    func cancel(_ token: CallToken) {
        guard calls.withLock({ $0.cancel(token) }) else { return }
        http?.cancelAll(of: token)
        functions.pointee.cancel(functions, token.value)
    }

    /// What a request takes from the call it is for; nil when the call has ended.
    func httpFacts(of token: CallToken) -> OpenCalls.HTTPFacts? {
        calls.withLock { $0.httpFacts(of: token, now: MonotonicClock.now) }
    }

    /// Calls the plugin has not completed.
    var openCalls: Int { calls.withLock { $0.count } }

    // MARK: The plugin calls the host

    func complete(_ call: roost_call, _ status: roost_status, _ result: roost_buffer) -> roost_status {
        let token = CallToken(call)
        let block = calls.withLock { $0.remove(token) }
        defer {
            if let release = result.release { release(result.context) }
            block?.free()
        }
        guard block != nil else {
            services.misbehaved("completed call \(call), which had ended already or never was")
            return PluginStatus.unknownCall.rawValue
        }
        http?.cancelAll(of: token)
        let bytes = Array(
            UnsafeBufferPointer(start: result.data, count: result.data == nil ? 0 : result.size)
        )
        services.completed(token, status: status, result: bytes)
        return PluginStatus.ok.rawValue
    }

    func isCancelled(_ call: roost_call) -> Bool {
        calls.withLock { $0.isCancelled(CallToken(call), now: { MonotonicClock.now }) }
    }

    func isLogEnabled(_ call: roost_call, _ level: roost_log_level) -> Bool {
        guard let level = PluginLogLevel(rawValue: level) else { return false }
        if level >= services.operatorLogLevel { return true }
        guard call != 0, let asked = calls.withLock({ $0.logLevel(CallToken(call)) }) else { return false }
        return level >= asked
    }

    func log(_ call: roost_call, _ level: roost_log_level, _ logger: roost_view, _ data: roost_view) {
        guard let known = PluginLogLevel(rawValue: level) else {
            return services.misbehaved("logged with level \(level); levels go from 0 to 7")
        }
        services.logged(CallToken(call), level: known, logger: logger.string, data: data.bytes)
    }

    func report(
        _ call: roost_call,
        _ progress: Double,
        _ total: Double,
        _ message: roost_view
    ) -> roost_status {
        let token = CallToken(call)
        switch calls.withLock({ $0.report(token, progress) }) {
        case .unknown: return PluginStatus.unknownCall.rawValue
        case .rises: services.reported(token, progress: progress, total: total, message: message.string)
        case .dropped: break
        }
        return (isCancelled(call) ? PluginStatus.cancelled : .ok).rawValue
    }

    func closeStream(_ call: roost_call, _ retry: UInt64) -> roost_status {
        let nanoseconds = Int64(clamping: retry)
        let isClosed = services.closeStream(CallToken(call), retry: .nanoseconds(nanoseconds))
        return (isClosed ? PluginStatus.ok : .unsupported).rawValue
    }
}
