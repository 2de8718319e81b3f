import PluginRuntime
import RoostJSON

/// What became of a request to reload the host's configuration.
struct HostReloadReport: Sendable {
    /// Why nothing was changed at all; nil when the file was taken over.
    var fault: String?
    /// Keys that hold only after a restart.
    var needingRestart: [String] = []
    var plugins: [ReloadReport] = []

    /// The report for programs.
    var json: JSONValue {
        [
            "plugins": .array(plugins.map(\.json)),
            "needingRestart": .array(needingRestart.map { .string($0) }),
            "lines": .array(plugins.map { .string("\($0)") }),
        ]
    }
}
