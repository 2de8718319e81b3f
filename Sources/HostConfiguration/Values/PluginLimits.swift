/// What one plugin may use.
package struct PluginLimits: Sendable, Hashable {
    /// Calls it works on at once, at least 1.
    ///
    /// Default 32.
    package var concurrency = 32
    /// Calls that may wait for a free place; one more is refused.
    ///
    /// Default 256.
    package var queue = 256
    /// How long one call may take, longer than 0.
    ///
    /// Default 30 seconds.
    package var deadline: Duration = .seconds(30)
    /// How long it may hold a call after the deadline before it counts as hung and its cell is replaced, longer than 0.
    ///
    /// Default 5 seconds.
    package var hangGrace: Duration = .seconds(5)
    /// Bytes of address space its cell may map.
    ///
    /// Default nil: no limit but the system's.
    package var memory: Int?
    /// Files its cell may hold open, at least 16.
    ///
    /// Default nil: no limit but the system's.
    package var openFiles: Int?
    /// Processes and threads its cell may have beside those its user has already, at least 1.
    ///
    /// Default nil: no limit but the system's. The kernel does not count root's.
    package var processes: Int?
    /// CPU time its cell may use in its life, at least a second.
    ///
    /// Default nil: no limit but the system's.
    package var cpu: Duration?
}
