import Synchronization

/// The host around a plugin that is only tried: keeps what it logs and what it does wrong, and makes no calls.
final class TrialHost: HostSide {
    private let kept = Mutex(PluginTrial.Remarks())

    /// What came so far.
    var remarks: PluginTrial.Remarks { kept.withLock { $0 } }

    func logged(_ token: CallToken, level: PluginLogLevel, logger: String, data: [UInt8]) {
        guard level >= operatorLogLevel else { return }
        let line = String(decoding: data, as: UTF8.self)
        kept.withLock { if $0.warnings.count < 100 { $0.warnings.append(line) } }
    }

    func misbehaved(_ what: String) {
        kept.withLock { if $0.misbehaviour.count < 100 { $0.misbehaviour.append(what) } }
    }

    var operatorLogLevel: PluginLogLevel { .warning }

    func completed(_ token: CallToken, status: Int32, result: [UInt8]) {
        misbehaved("completed call \(token.value), although it was given none")
    }

    func reported(_ token: CallToken, progress: Double, total: Double, message: String) {}
    func closeStream(_ token: CallToken, retry: Duration) -> Bool { false }
    func manifestChanged() { kept.withLock { $0.manifestChanges += 1 } }
    func resourceUpdated(_ uri: String) {}
    func died(because death: CellDeath) -> [StrickenCall] { [] }
}
