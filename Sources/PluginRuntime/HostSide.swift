/// What a running plugin tells the host around it: the functions of roost_host and its extensions, and what goes wrong.
///
/// Implemented twice: by ``GenerationHost`` in the host, and in a cell by the plugin's end of the wire, whose frames reach the
/// very same functions of the host's. Functions may come on any thread, also from inside a call into the plugin, and must
/// neither block nor call that plugin.
protocol HostSide: AnyObject, Sendable {
    func completed(_ token: CallToken, status: Int32, result: [UInt8])
    func logged(_ token: CallToken, level: PluginLogLevel, logger: String, data: [UInt8])
    func manifestChanged()
    func reported(_ token: CallToken, progress: Double, total: Double, message: String)
    func resourceUpdated(_ uri: String)
    /// True when the client's stream of the call was closed.
    func closeStream(_ token: CallToken, retry: Duration) -> Bool
    /// The plugin's way to send HTTP requests; nil: there is none here.
    var http: (any HTTPSide)? { get }
    /// The least severe level that the operator's log takes.
    var operatorLogLevel: PluginLogLevel { get }
    /// The plugin broke the contract in a way that was caught; `what` is the rest of a sentence after its name.
    func misbehaved(_ what: String)
    /// The process that held the plugin is gone. Nothing comes after this.
    ///
    /// - Returns: The calls it had.
    func died(because death: CellDeath) -> [StrickenCall]
}

extension HostSide {
    var http: (any HTTPSide)? { nil }
}
