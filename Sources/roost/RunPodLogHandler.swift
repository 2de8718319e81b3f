import Logging
import RoostJSON

/// Writes log lines as RunPod's console reads them: objects with the id of their job, on standard output.
///
/// The console shows the lines of one job by that id, which stands in the metadata `requestId`.
struct RunPodLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    /// Longer messages lose their middle.
    private static let longestMessage = 4_096

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var metadata = metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 })
        let job = metadata.removeValue(forKey: "requestId").map { JSONValue.string("\($0)") }
        let rest = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let line: JSONObject = [
            "requestId": job ?? JSONValue.null, "message": .string(Self.shortened("\(event.message)\(rest)")),
            "level": .string(Self.name(of: event.level)),
        ]
        Terminal.say(JSONValue.object(line).text)
    }

    static func shortened(_ message: String) -> String {
        guard message.count > longestMessage else { return message }
        let half = longestMessage / 2 - 8
        return "\(message.prefix(half)) […] \(message.suffix(half))"
    }

    private static func name(of level: Logger.Level) -> String {
        switch level {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info, .notice: "INFO"
        case .warning: "WARN"
        case .error, .critical: "ERROR"
        }
    }
}
