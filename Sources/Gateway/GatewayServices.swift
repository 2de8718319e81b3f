package import Logging
package import Telemetry

/// What the parts of the gateway share, put together once in the executable's wiring.
package final class GatewayServices: Sendable {
    package let policies: PolicyChain
    package let sealer: Sealer
    package let limits: Limits
    package let logger: Logger
    /// Nil: no tracing is configured, and traces of callers are only passed on.
    package let tracer: Tracer?
    package let meters: GatewayMeters
    /// Takes down what an audit asks for later; nil: nobody does.
    package let audit: AuditTrail?
    /// The alias of the plugin that would have a tool, when that plugin could not be prepared; nil: nobody would.
    package let absentee: @Sendable (_ tool: String) -> String?
    /// Keeps the tasks; nil: calls never become tasks, and the extension is not offered.
    package let tasks: TaskService?
    /// Seconds of the Unix epoch.
    package let now: @Sendable () -> Int64
    /// Runs an action later, on any thread.
    package let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

    /// How long sealed text is good for, and how long a page is.
    package struct Limits: Sendable {
        /// Seconds a client may take between two rounds of one request.
        ///
        /// Default 600.
        package var stateLifetime: Int64 = 600
        /// Seconds a session id is good for.
        ///
        /// Default a week.
        package var sessionLifetime: Int64 = 7 * 86_400
        /// Items on one page of a list.
        ///
        /// Default 100.
        package var pageSize = 100

        package init() {}
    }

    package init(
        policies: PolicyChain,
        sealer: Sealer,
        limits: Limits = Limits(),
        logger: Logger,
        tracer: Tracer? = nil,
        meters: GatewayMeters = GatewayMeters(),
        audit: AuditTrail? = nil,
        absentee: @escaping @Sendable (_ tool: String) -> String? = { _ in nil },
        tasks: TaskService? = nil,
        now: @escaping @Sendable () -> Int64,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    ) {
        self.policies = policies
        self.sealer = sealer
        self.limits = limits
        self.logger = logger
        self.tracer = tracer
        self.meters = meters
        self.audit = audit
        self.absentee = absentee
        self.tasks = tasks
        self.now = now
        self.after = after
    }
}
