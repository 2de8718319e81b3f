package import Gateway
package import Metrics
import Synchronization

/// Holds all plugins together to a number of open calls; one more is refused at once.
package struct ConcurrencyCap: Policy {
    private let limit: Int
    private let open = OpenCount()
    private let refused: Counter

    private final class OpenCount: Sendable {
        let value = Atomic(0)
    }

    /// `limit`: open calls of all plugins, at least 1.
    package init(_ limit: Int, factory: any MetricsFactory = MetricsSystem.factory) {
        self.limit = limit
        refused = Counter(label: "roost_concurrency_refused_total", factory: factory)
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        guard open.value.add(1, ordering: .relaxed).newValue <= limit else {
            open.value.subtract(1, ordering: .relaxed)
            refused.increment()
            call.annotate { $0.endedBy = .concurrency }
            return call.refuse(
                Refusal(
                    .busy,
                    "this host works on \(limit) calls, which is all it is allowed (limits.concurrency); try again in a moment",
                    retryAfter: .seconds(1)
                )
            )
        }
        call.whenFinished { [open] _ in open.value.subtract(1, ordering: .relaxed) }
        next.handle(call)
    }
}
