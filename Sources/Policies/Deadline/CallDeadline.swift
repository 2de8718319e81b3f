package import Gateway
import PluginRuntime

/// Gives a call the deadline its tool's author declared; the plugin's own limit holds in any case.
package struct CallDeadline: Policy {
    private let now: @Sendable () -> ContinuousClock.Instant

    /// - Parameter now: The clock, for tests.
    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        if let limit = call.tool?.hints.deadline { call.request.deadline = now() + limit }
        next.handle(call)
    }
}
