import Logging
import Synchronization

/// What a check brings to light: faults that stop a plugin, and everything a plugin would have been logged for.
struct CheckFindings {
    private let found = SharedValue<[String]>([])

    /// Keeps warnings and worse as findings.
    var logger: Logger {
        Logger(label: "roost.check") { [found] _ in FindingLog(found: found) }
    }

    func add(_ sentences: [String]) { found.update { $0 += sentences } }

    /// Without repetitions, in the order they came.
    var all: [String] {
        var seen: Set<String> = []
        return found.value.filter { seen.insert($0).inserted }
    }

    private struct FindingLog: LogHandler {
        let found: SharedValue<[String]>
        var logLevel = Logger.Level.warning
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let sentence = "\(event.message)"
            found.update { $0.append(sentence) }
        }
    }
}
