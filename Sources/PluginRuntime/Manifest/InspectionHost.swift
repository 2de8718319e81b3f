import Logging

/// The host around a plugin that is made only to ask for its manifest: takes log lines, and has no calls.
final class InspectionHost: HostSide {
    private let alias: String
    private let logger: Logger

    init(alias: String, logger: Logger) {
        self.alias = alias
        self.logger = logger
    }

    func logged(_ token: CallToken, level: PluginLogLevel, logger name: String, data: [UInt8]) {
        logger.log(
            level: level.operatorLevel,
            "\(String(decoding: data, as: UTF8.self))",
            metadata: ["plugin": "\(alias)"]
        )
    }

    func misbehaved(_ what: String) {
        logger.warning("plugin \(alias) misbehaved: it \(what)", metadata: ["plugin": "\(alias)"])
    }

    var operatorLogLevel: PluginLogLevel { PluginLogLevel(operatorLevel: logger.logLevel) }

    func completed(_ token: CallToken, status: Int32, result: [UInt8]) {
        misbehaved("completed call \(token.value), although it was given none")
    }

    func reported(_ token: CallToken, progress: Double, total: Double, message: String) {}
    func closeStream(_ token: CallToken, retry: Duration) -> Bool { false }
    func manifestChanged() {}
    func resourceUpdated(_ uri: String) {}
    func died(because death: CellDeath) -> [StrickenCall] { [] }
}
