import CellProtocol
import Synchronization

/// A plugin in this cell: the host side of its table is the link to the host.
final class CellPlugin: HostSide {
    private let index: UInt32
    private let blueprint: PluginBlueprint
    private let link: CellLink
    private let isConfined: Bool
    private let instance = Mutex<PluginInstance?>(nil)
    /// Its requests; the host refuses them when it sends none.
    let requests: CellHTTP
    let operatorLogLevel: PluginLogLevel

    init(index: UInt32, _ frame: CreateFrame, link: CellLink, isConfined: Bool) {
        self.index = index
        self.link = link
        requests = CellHTTP(plugin: index, link: link)
        self.isConfined = isConfined
        blueprint = PluginBlueprint(
            alias: frame.alias,
            library: frame.library,
            image: frame.image,
            digest: frame.digest,
            dataDirectory: frame.dataDirectory,
            config: frame.config
        )
        operatorLogLevel = PluginLogLevel(rawValue: frame.logLevel) ?? .info
    }

    // MARK: Control: one at a time, because the host waits for each answer

    func create() {
        control { plugin in
            do throws(PluginFailure) {
                let blueprint = plugin.blueprint
                let image = try PluginImage.load(
                    blueprint.image,
                    digest: blueprint.digest,
                    library: blueprint.library,
                    alias: blueprint.alias
                )
                let instance = try PluginInstance.create(blueprint, image: image, services: plugin) { $0() }
                plugin.instance.withLock { $0 = instance }
                return .created(
                    plugin: plugin.index,
                    concurrency: UInt32(clamping: image.concurrency),
                    keepsState: instance.keepsState,
                    fault: ""
                )
            } catch {
                return .created(
                    plugin: plugin.index,
                    concurrency: 0,
                    keepsState: false,
                    fault: plugin.explained(error.message)
                )
            }
        }
    }

    /// Loads an image and tells what it says of itself.
    static func describe(_ image: String, _ digest: String, as index: UInt32, to link: CellLink) {
        Threads.detach("load a library") {
            var frame = DescribedFrame()
            do throws(PluginImage.Unopened) {
                frame = DescribedFrame(
                    PluginDescription(reading: try PluginImage.open(image, digest: digest))
                )
            } catch { frame.fault = error.clause }
            link.send(.described(plugin: index, frame))
        }
    }

    func start() {
        control { .started(plugin: $0.index, status: $0.current?.start() ?? PluginStatus.error.rawValue) }
    }

    func stop() {
        control {
            $0.current?.stop()
            return .stopped(plugin: $0.index)
        }
    }

    func destroy() {
        control { plugin in
            let instance = plugin.instance.withLock { slot in
                defer { slot = nil }
                return slot
            }
            instance?.destroy()
            return .destroyed(plugin: plugin.index)
        }
    }

    func manifest() {
        control { .manifest(plugin: $0.index, text: $0.current?.manifest() ?? []) }
    }

    /// The loader takes what it may not read for what is not there.
    private func explained(_ fault: String) -> String {
        guard isConfined, fault.contains("cannot open shared object file") else { return fault }
        return fault
            + ". If it is there, this cell may not read it: add its folder to paths.read of \(blueprint.alias)"
    }

    func exportState() {
        control { plugin in
            let (status, state) = plugin.current?.exportState() ?? (PluginStatus.unsupported.rawValue, [])
            guard state.count <= PayloadLimit.bytes else {
                plugin.misbehaved(
                    "exported a state of \(state.count) bytes; at most \(PayloadLimit.bytes) can be handed over"
                )
                return .exported(plugin: plugin.index, status: PluginStatus.error.rawValue, state: [])
            }
            return .exported(plugin: plugin.index, status: status, state: state)
        }
    }

    func importState(_ state: [UInt8]) {
        control { plugin in
            let status = plugin.current?.importState(state) ?? PluginStatus.unsupported.rawValue
            return .imported(plugin: plugin.index, status: status)
        }
    }

    private func control(_ body: @escaping @Sendable (CellPlugin) -> CellFrame) {
        Threads.detach("run a control function of \(blueprint.alias)") { self.link.send(body(self)) }
    }

    // MARK: Calls: on the reader's thread

    func call(_ token: CallToken, _ frame: CallFrame) {
        let request = PluginRequest(
            method: frame.method,
            target: frame.target,
            arguments: frame.arguments,
            inputResponses: frame.inputResponses,
            state: frame.state,
            context: frame.context,
            wantsProgress: frame.flags & 1 != 0
        )
        current?.call(token, request, deadline: frame.deadline)
    }

    func cancel(_ token: CallToken) { current?.cancel(token) }

    private var current: PluginInstance? { instance.withLock { $0 } }

    // MARK: What the plugin says

    func completed(_ token: CallToken, status: Int32, result: [UInt8]) {
        let (status, result) = PluginAnswer.fitting(status: status, result: result, alias: blueprint.alias)
        link.send(.complete(plugin: index, call: token.value, status: status, result: result))
    }

    func logged(_ token: CallToken, level: PluginLogLevel, logger: String, data: [UInt8]) {
        link.send(.write(plugin: index, call: token.value, level: level.rawValue, logger: logger, data: data))
    }

    func manifestChanged() { link.send(.changed(plugin: index)) }

    func reported(_ token: CallToken, progress: Double, total: Double, message: String) {
        link.send(
            .report(plugin: index, call: token.value, progress: progress, total: total, message: message)
        )
    }

    func resourceUpdated(_ uri: String) { link.send(.updated(plugin: index, uri: uri)) }

    func closeStream(_ token: CallToken, retry: Duration) -> Bool {
        let retry = UInt64(clamping: retry.nanoseconds)
        let status = link.askToClose(
            .close(plugin: index, call: token.value, retry: retry),
            call: token.value
        )
        return status == PluginStatus.ok.rawValue
    }

    var http: (any HTTPSide)? { requests }

    func misbehaved(_ what: String) { link.send(.misbehaved(plugin: index, what: what)) }

    // A cell dies with its plugins; nobody is left to be told.
    func died(because death: CellDeath) -> [StrickenCall] { [] }
}
