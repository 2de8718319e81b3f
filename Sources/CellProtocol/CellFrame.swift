/// What a cell says to the host: answers, and one frame per function of roost_host and its extensions, in the headers' order.
package enum CellFrame: Sendable, Equatable {
    /// The first frame: the cell is up. `build` tells the file it runs from.
    case hello(version: UInt32, build: String)
    /// An instance was made; `fault` is empty then. `concurrency` is the descriptor's max_concurrent_calls, `keepsState` tells
    /// whether it has roost.state.
    case created(plugin: UInt32, concurrency: UInt32, keepsState: Bool, fault: String)
    /// The start function returned `status`.
    case started(plugin: UInt32, status: Int32)
    case stopped(plugin: UInt32)
    case destroyed(plugin: UInt32)
    case manifest(plugin: UInt32, text: [UInt8])
    /// What an image says of itself.
    case described(plugin: UInt32, DescribedFrame)
    /// roost_host.complete
    case complete(plugin: UInt32, call: UInt64, status: Int32, result: [UInt8])
    /// roost_host_log.write
    case write(plugin: UInt32, call: UInt64, level: Int32, logger: String, data: [UInt8])
    /// roost_host_manifest.changed
    case changed(plugin: UInt32)
    /// roost_host_progress.report
    case report(plugin: UInt32, call: UInt64, progress: Double, total: Double, message: String)
    /// roost_host_resources.updated
    case updated(plugin: UInt32, uri: String)
    /// roost_host_stream.close; answered by ``HostFrame/closed(plugin:call:status:)``.
    case close(plugin: UInt32, call: UInt64, retry: UInt64)
    /// roost_host_http.send; the body follows in frames of ``httpWrite(plugin:request:bytes:isLast:)``.
    case httpSend(plugin: UInt32, request: UInt64, HTTPSendFrame)
    /// roost_host_http.write, or a piece of a body that was given whole: at most 64 KiB, within the room there is.
    case httpWrite(plugin: UInt32, request: UInt64, bytes: [UInt8], isLast: Bool)
    /// roost_host_http.consumed
    case httpConsumed(plugin: UInt32, request: UInt64, count: UInt64)
    /// roost_host_http.cancel
    case httpCancel(plugin: UInt32, request: UInt64)
    /// The plugin broke the contract in a way the cell caught; `what` goes to the operator's log.
    case misbehaved(plugin: UInt32, what: String)
    /// The cell gave up what it could; what became of each measure.
    case confined([ConfinedFrame])

    /// roost_plugin_state.export_state returned `status`; the state is empty unless that is ROOST_OK.
    case exported(plugin: UInt32, status: Int32, state: [UInt8])
    /// roost_plugin_state.import_state returned `status`.
    case imported(plugin: UInt32, status: Int32)

    /// The first byte of a frame.
    enum Kind: UInt8 {
        case hello = 1
        case created, started, stopped, destroyed, manifest, complete, write, changed, report, updated, close,
            misbehaved, confined, exported, imported, described
        case httpSend = 64
        case httpWrite, httpConsumed, httpCancel
    }
}
