package import Logging

/// What the parts of the gateway share, put together once in the executable's wiring.
package struct GatewayServices: Sendable {
    package var policies: PolicyChain
    package var sealer: Sealer
    /// Seconds a request state or session id is good for. Defaults: 600, and a week.
    package var stateLifetime: Int64 = 600
    package var sessionLifetime: Int64 = 7 * 86_400
    /// Items on one page of a list. Default 100.
    package var pageSize = 100
    package var logger: Logger
    /// Seconds of the Unix epoch.
    package var now: @Sendable () -> Int64
    /// Runs an action later, on any thread.
    package var after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

    package init(
        policies: PolicyChain, sealer: Sealer, logger: Logger, now: @escaping @Sendable () -> Int64,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    ) {
        self.policies = policies
        self.sealer = sealer
        self.logger = logger
        self.now = now
        self.after = after
    }
}
