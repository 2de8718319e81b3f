/// What a plugin may do beyond what every confined plugin may.
package struct PluginGrants: Sendable, Hashable {
    /// Whether something is allowed.
    enum Answer: String, Sendable, CaseIterable {
        case deny, allow
    }

    /// It may start programs.
    ///
    /// Default false, which host.yaml calls deny.
    package var exec = false
    /// It may open network sockets of its own.
    ///
    /// Default false, which host.yaml calls deny.
    package var network = false
    /// Absolute paths it may read, with all that is below them.
    ///
    /// Default: none.
    package var read: [String] = []
    /// Absolute paths it may read and change, with all that is below them.
    ///
    /// Default: none.
    package var write: [String] = []
}
