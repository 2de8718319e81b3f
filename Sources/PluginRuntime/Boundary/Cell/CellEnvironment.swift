import Glibc

/// The environment a cell starts with: what its plugins were promised, and what any process needs.
enum CellEnvironment {
    /// Names that are handed on from the host: they hold no secrets and programs fail without them.
    static let inherited = [
        "PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "SWIFT_BACKTRACE",
    ]

    /// The variables for a cell that holds the plugins of these specifications.
    ///
    /// Plugins that share a cell share its environment; of equal names the last plugin's value counts.
    static func variables(for members: [PluginSpecification]) -> [String: String] {
        // A backtrace takes seconds in which callers would not hear of the crash; the host's own setting can ask for it.
        var variables = ["SWIFT_BACKTRACE": "enable=no"]
        for name in inherited {
            // Invariant: the string is copied before anybody can change the environment; the host never does.
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        for member in members { variables.merge(member.environment) { $1 } }
        return variables
    }
}
