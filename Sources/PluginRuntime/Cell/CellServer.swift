import CellProtocol

/// The cell's reader: decodes what the host says and hands it to the plugins.
///
/// One thread, the process's first.
///
/// Calls are handed over right here. Control functions, which may take long, get a thread each, so that a plugin that starts
/// does not hold up the others of its cell.
struct CellServer: ~Copyable {
    private let link: CellLink
    private var plugins: [UInt32: CellPlugin] = [:]
    private var isConfined = false

    init(link: CellLink) { self.link = link }

    /// Serves until quit or the end of the link.
    mutating func run() {
        link.send(.hello(version: CellProtocolVersion.current, build: ExecutableBuild.ofThisProcess))
        do {
            // Before anything of a plugin is read: what it is made of may not be trusted.
            guard try confine() else { return }
            while let frame = try link.next(), take(frame) {}
            link.flush()
        } catch {
            CellLink.abandon("the host sent what this cell does not understand: \(error)")
        }
    }

    /// Takes the first frame; false when the host is gone.
    private mutating func confine() throws -> Bool {
        guard let frame = try link.next() else { return false }
        guard case .confine(let plan) = frame else { CellLink.abandon("the host did not confine this cell") }
        isConfined = plan.isConfined
        link.send(.confined(CellConfinement.enter(plan).frames))
        return true
    }

    /// False: leave.
    private mutating func take(_ frame: HostFrame) -> Bool {
        switch frame {
        case .create(let index, let create):
            let plugin = CellPlugin(index: index, create, link: link, isConfined: isConfined)
            plugins[index] = plugin
            plugin.create()
        case .describe(let index, let image, let digest):
            CellPlugin.describe(image, digest, as: index, to: link)
        case .start(let index): plugins[index]?.start()
        case .stop(let index): plugins[index]?.stop()
        case .destroy(let index): plugins.removeValue(forKey: index)?.destroy()
        case .manifest(let index): plugins[index]?.manifest()
        case .call(let index, let call, let frame): plugins[index]?.call(CallToken(call), frame)
        case .cancel(let index, let call): plugins[index]?.cancel(CallToken(call))
        case .closed(_, let call, let status): link.answer(status, for: call)
        case .httpHead(let index, let request, let head): plugins[index]?.requests.head(request, head)
        case .httpBody(let index, let request, let bytes): plugins[index]?.requests.body(request, bytes)
        case .httpRoom(let index, let request, let count):
            plugins[index]?.requests.room(request, Int(clamping: count))
        case .httpDone(let index, let request, let cause, let message):
            plugins[index]?.requests.done(request, cause: cause, message: message)
        case .exportState(let index): plugins[index]?.exportState()
        case .importState(let index, let state): plugins[index]?.importState(state)
        case .confine: CellLink.abandon("the host confined this cell twice")
        case .quit: return false
        }
        return true
    }
}
