package import CoreMetrics
package import Gateway
import PluginRuntime
import RoostJSON

/// Counts and times every call; stands first, so that what the other policies do is in its time.
///
/// The handles of a tool are kept with the tool: a call looks nothing up by name.
package struct CallMetrics: Policy {
    private let plugins: PluginMetersStore
    private let now: @Sendable () -> ContinuousClock.Instant

    /// `now`: the clock, for tests.
    package init(
        metrics: any MetricsFactory = MetricsSystem.factory,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        plugins = PluginMetersStore(metrics)
        self.now = now
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        let meters = meters(for: call)
        let start = now()
        meters.requests.increment()
        if let arguments = call.arguments {
            meters.plugin.requestBytes.increment(by: Int64(arguments.bytes.count))
        }
        call.whenFinished { [now, call] outcome in
            meters.plugin.finished(outcome, call.notes, call.refusal, took: now() - start)
        }
        next.handle(call)
    }

    private func meters(for call: PluginCall) -> ActionMeters {
        guard let tool = call.tool else {
            return plugins.meters(of: call.plugin.alias).action(call.request.method)
        }
        return tool.meters.value { plugins.meters(of: call.plugin.alias).action(tool.name) }
    }
}
