import HostConfiguration
import Logging
import RoostJSON

/// Where the host's log lines go: standard error, as text or as one JSON object a line; on a RunPod endpoint standard output,
/// in the form its console reads.
enum HostLog {
    /// Sets the log up for the process and returns the host's logger.
    static func bootstrap(_ configuration: LogConfiguration) -> Logger {
        let level = Logger.Level(rawValue: configuration.level.rawValue) ?? .info
        let isJSON = configuration.format == .json
        let isOnEndpoint = ProcessEnvironment.variables["RUNPOD_ENDPOINT_ID"]?.isEmpty == false
        LoggingSystem.bootstrap { label in
            var handler: any LogHandler =
                if isOnEndpoint {
                    RunPodLogHandler()
                } else if isJSON {
                    JSONLogHandler(label: label)
                } else {
                    StreamLogHandler.standardError(label: label)
                }
            handler.logLevel = level
            return handler
        }
        return Logger(label: "roost")
    }
}
