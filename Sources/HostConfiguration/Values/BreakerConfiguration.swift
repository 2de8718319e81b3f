/// When a failing plugin is taken out of service for a while.
package struct BreakerConfiguration: Sendable, Hashable {
    /// Failed calls that open the breaker; 0: it never opens.
    ///
    /// Default 0.
    package var failures = 0
    /// The time in which they have to fall, longer than 0.
    ///
    /// Default 30 seconds.
    package var within: Duration = .seconds(30)
    /// How long the plugin stays out of service before one call tries it, longer than 0.
    ///
    /// Default 10 seconds.
    package var openFor: Duration = .seconds(10)
}
