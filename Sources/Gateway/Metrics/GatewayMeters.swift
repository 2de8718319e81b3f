package import CoreMetrics
import MCP

/// Counts the requests of clients, whatever becomes of them.
package final class GatewayMeters: Sendable {
    private let modern: [String: Counter]
    private let legacy: [String: Counter]
    private let otherModern: Counter
    private let otherLegacy: Counter

    /// Every method the gateway answers; what clients make up is counted as `other`.
    private static let methods = [
        "initialize", "ping", "server/discover", "subscriptions/listen", "tools/call", "tools/list",
        "resources/read", "resources/list", "resources/templates/list", "resources/subscribe",
        "resources/unsubscribe", "prompts/get", "prompts/list", "completion/complete", "logging/setLevel",
        "tasks/get", "tasks/update", "tasks/cancel",
    ]

    package init(metrics: any MetricsFactory = MetricsSystem.factory) {
        func counter(_ method: String, _ era: String) -> Counter {
            Counter(
                label: "roost_mcp_requests_total",
                dimensions: [("method", method), ("era", era)],
                factory: metrics
            )
        }
        func counters(_ era: String) -> [String: Counter] {
            Dictionary(uniqueKeysWithValues: Self.methods.map { ($0, counter($0, era)) })
        }
        modern = counters("modern")
        legacy = counters("legacy")
        otherModern = counter("other", "modern")
        otherLegacy = counter("other", "legacy")
    }

    func received(_ exchange: Exchange) {
        let isModern = exchange.client.version.isModern
        let known = isModern ? modern : legacy
        (known[exchange.request.method] ?? (isModern ? otherModern : otherLegacy)).increment()
    }

    /// A legacy client said initialize, which is no exchange.
    func initialized() { legacy["initialize"]?.increment() }
}
