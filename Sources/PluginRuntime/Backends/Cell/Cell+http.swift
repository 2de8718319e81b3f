import CellProtocol
import Synchronization

extension Cell {
    /// Who carries the requests of a plugin; nil: there is no HTTP for it.
    func relay(_ plugin: UInt32) -> CellHTTPRelay? { state.withLock { $0.slots[plugin]?.relay } }

    /// A plugin sends a request.
    func begin(_ request: UInt64, _ frame: HTTPSendFrame, of plugin: UInt32) {
        if let relay = relay(plugin) { return relay.begin(request, frame) }
        send(
            .httpDone(
                plugin: plugin,
                request: request,
                cause: 1,
                message: "This host sends no HTTP requests for plugins here."
            )
        )
    }

    /// Lets the requests of a plugin that has just been let in through.
    func openRelay(_ plugin: UInt32, for host: any HostSide) {
        guard let side = host.http else { return }
        let relay = CellHTTPRelay(plugin: plugin, side: side) { [weak self] in self?.send($0) }
        state.withLock { $0.slots[plugin]?.relay = relay }
    }
}
