package import CoreMetrics
package import OutboundHTTP
import Synchronization

/// The host's HTTP for one plugin: whom it may reach, with which fields, how many requests at once, and its figures.
package final class PluginHTTP: Sendable {
    let rules: PluginHTTPRules
    let egress: EgressRules
    let client: any OutboundStreaming
    let metrics: HTTPMetrics
    let cache: ResponseCache?
    let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    private let gate: Mutex<HTTPGate<HTTPExchange>>

    /// Makes the HTTP of the plugin of this name; `after` runs something later, on any thread.
    package init(
        _ rules: PluginHTTPRules,
        alias: String,
        client: any OutboundStreaming,
        metrics factory: any MetricsFactory,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    ) {
        self.rules = rules
        self.client = client
        self.after = after
        egress = EgressRules(rules.egress, holder: "plugin \(alias)")
        metrics = HTTPMetrics(alias: alias, upstreams: rules.egress.map(\.text), factory: factory)
        cache = rules.cache > 0 ? ResponseCache(capacity: rules.cache) : nil
        gate = Mutex(HTTPGate(limit: rules.concurrency, queue: rules.queue))
    }

    /// Lets a request in, now or when one before it has ended.
    func enter(_ exchange: HTTPExchange) {
        let (entry, number) = gate.withLock { $0.enter(exchange) }
        switch entry {
        case .enter: exchange.start()
        case .refuse:
            exchange.fail(
                OutboundFailure(
                    .refused,
                    "\(egress.holder) has \(rules.concurrency) requests under way and \(rules.queue) waiting; no more are taken."
                )
            )
        case .wait:
            after(exchange.ask.timeout) { [weak self, weak exchange] in
                guard let self, let exchange, self.gate.withLock({ $0.giveUp(number) }) else { return }
                exchange.fail(
                    OutboundFailure(
                        .timeout,
                        "The request waited until its time was over: \(self.rules.concurrency) others of \(self.egress.holder) were under way."
                    )
                )
            }
        }
    }

    /// A request that was let in has ended.
    func leave() { gate.withLock { $0.leave() }?.start() }
}

extension PluginHTTP: Hashable {
    /// The same for the same plugin under the same rules, so that a reload which changes neither leaves the plugin alone.
    package static func == (left: PluginHTTP, right: PluginHTTP) -> Bool {
        left.egress == right.egress && left.rules == right.rules
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(egress) }
}
