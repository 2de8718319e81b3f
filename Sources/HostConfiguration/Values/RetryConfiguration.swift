/// How often a call to a tool that may be repeated is made again after the plugin crashed under it.
package struct RetryConfiguration: Sendable, Hashable {
    /// Further attempts for one call, 0 to 10.
    ///
    /// Default 1.
    package var attempts = 1
    /// The pause before the first one, longer than 0; each further one is twice as long.
    ///
    /// Default 100 milliseconds.
    package var pause: Duration = .milliseconds(100)
    /// Further attempts in relation to calls, 0 to 1: with 0.2, every fifth call may be made again.
    ///
    /// Default 0.2.
    package var budget = 0.2
}
