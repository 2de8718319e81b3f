/// What all plugins together may use.
package struct HostLimits: Sendable, Hashable {
    /// Calls that are open at once, at least 1; one more is refused.
    ///
    /// Default nil: only the plugins' own limits hold.
    package var concurrency: Int?
    /// The longest any call may take, whatever its plugin or tool says, longer than 0.
    ///
    /// Default nil: only the plugins' own limits hold.
    package var deadline: Duration?
}
