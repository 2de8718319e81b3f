import HostConfiguration
import Logging
import RoostJSON

/// Where the host's log lines go: standard error, as text or as one JSON object a line.
enum HostLog {
    /// Sets the log up for the process and returns the host's logger.
    static func bootstrap(_ configuration: LogConfiguration) -> Logger {
        let level = Logger.Level(rawValue: configuration.level.rawValue) ?? .info
        let isJSON = configuration.format == .json
        LoggingSystem.bootstrap { label in
            var handler: any LogHandler =
                isJSON ? JSONLogHandler(label: label) : StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        return Logger(label: "roost")
    }
}
