package import Gateway
import MCP
package import Metrics
import PluginRuntime
package import Redis

/// Holds callers to the rates that host.yaml allows: a call has to pass every rule that applies to it, and pays to all or none.
///
/// The buckets are in memory, or in Redis where several hosts share them. While Redis cannot be asked the operator's choice
/// holds: ``Outage``.
package struct RateLimit: Policy {
    /// What holds while Redis cannot be asked.
    package enum Outage: String, Sendable, Hashable, CaseIterable {
        /// Every call is let through.
        case open
        /// Every call that a rule applies to is refused.
        case closed
        /// Each host counts for itself.
        case local
    }

    private let rules: [RateRule]
    /// The places of the rules that may apply to a plugin; those of no plugin in particular for any other.
    private let rulesOfPlugin: [String: [Int]]
    private let generalRules: [Int]
    private let memory: MemoryBuckets
    private let shared: SharedBuckets?
    private let outage: Outage
    private let metrics: RateLimitMetrics
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let begin: ContinuousClock.Instant

    /// Holds calls to every rule that applies to them.
    ///
    /// `buckets`: how many callers and tools are counted in memory at once. `redis`: nil when nothing is shared. `now` is for tests.
    package init(
        _ rules: [RateRule],
        buckets: Int = 65_536,
        redis: RedisClient? = nil,
        outage: Outage = .local,
        factory: any MetricsFactory = MetricsSystem.factory,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.rules = Self.withUniqueNames(rules)
        generalRules = rules.indices.filter { rules[$0].plugin == nil }
        var ofPlugin: [String: [Int]] = [:]
        for plugin in Set(rules.compactMap(\.plugin)) {
            ofPlugin[plugin] = rules.indices.filter { rules[$0].plugin == nil || rules[$0].plugin == plugin }
        }
        rulesOfPlugin = ofPlugin
        memory = MemoryBuckets(capacity: buckets)
        shared = redis.map { SharedBuckets($0) }
        self.outage = outage
        metrics = RateLimitMetrics(self.rules.map(\.name), factory)
        clock = now
        begin = now()
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        let demands = demands(of: call)
        guard !demands.isEmpty else { return next.handle(call) }
        guard let shared else { return settle(call, next, demands, memory.take(demands, now: now)) }
        shared.take(demands, names: demands.map { rules[$0.key.rule].name }) { result in
            // The client may have left meanwhile.
            guard !call.exchange.isOver else { return call.finish(.cancelled) }
            switch result {
            case .success(let decisions): settle(call, next, demands, decisions)
            case .failure: withoutRedis(call, next, demands)
            }
        }
    }

    private var now: Int64 {
        let (seconds, attoseconds) = (clock() - begin).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    private func demands(of call: PluginCall) -> [BucketDemand] {
        let plugin = call.plugin.alias
        let tool = call.tool?.name
        var demands: [BucketDemand] = []
        for place in rulesOfPlugin[plugin] ?? generalRules {
            let rule = rules[place]
            guard rule.applies(plugin: plugin, tool: tool) else { continue }
            var key = BucketKey(rule: place)
            if rule.dimensions.contains(.principal) { key.principal = call.exchange.client.principal }
            // A tool's name means something only together with its plugin.
            if rule.dimensions.contains(.plugin) || rule.dimensions.contains(.tool) { key.plugin = plugin }
            if rule.dimensions.contains(.tool) { key.tool = tool ?? call.exchange.request.method }
            demands.append(BucketDemand(key: key, gcra: rule.gcra))
        }
        return demands
    }

    private func withoutRedis(_ call: PluginCall, _ next: PolicyChain.Next, _ demands: [BucketDemand]) {
        metrics.outage(outage)
        switch outage {
        case .open: next.handle(call)
        case .local: settle(call, next, demands, memory.take(demands, now: now))
        case .closed:
            call.annotate { $0.endedBy = .rateLimit }
            call.refuse(
                Refusal(
                    .unavailable,
                    "the rate limits of this host are kept in Redis, which cannot be asked right now; try again in a moment",
                    retryAfter: .seconds(1)
                )
            )
        }
    }

    private func settle(
        _ call: PluginCall,
        _ next: PolicyChain.Next,
        _ demands: [BucketDemand],
        _ decisions: [GCRA.Decision]
    ) {
        let quotas = zip(demands, decisions).map { quota($0, $1) }
        var worst: (rule: RateRule, wait: Int64)?
        for (demand, decision) in zip(demands, decisions) {
            metrics.decided(demand.key.rule, isAllowed: decision.isAllowed)
            guard !decision.isAllowed, decision.wait >= worst?.wait ?? 0 else { continue }
            worst = (rules[demand.key.rule], decision.wait)
        }
        guard let worst else {
            call.exchange.limited(by: quotas)
            return next.handle(call)
        }
        let wait = Duration.nanoseconds(worst.wait)
        let rule = worst.rule
        call.annotate { $0.endedBy = .rateLimit }
        call.refuse(
            Refusal(
                .rateLimited,
                """
                too many calls: the limit \(rule.name) allows \(rule.count) in \(rule.window.text) \(rule.scope), \
                \(rule.gcra.burst) of them at once; try again in \(wait.text)
                """,
                retryAfter: wait,
                quotas: quotas
            )
        )
    }

    private func quota(_ demand: BucketDemand, _ decision: GCRA.Decision) -> Quota {
        Quota(
            name: rules[demand.key.rule].name,
            limit: demand.gcra.burst,
            window: .nanoseconds(demand.gcra.reach),
            remaining: decision.remaining,
            reset: .nanoseconds(decision.reset)
        )
    }

    /// Equal names would be one bucket in Redis, and pay twice.
    private static func withUniqueNames(_ rules: [RateRule]) -> [RateRule] {
        var seen: [String: Int] = [:]
        return rules.map { rule in
            var rule = rule
            let count = seen[rule.name, default: 0] + 1
            seen[rule.name] = count
            if count > 1 { rule.name += "#\(count)" }
            return rule
        }
    }
}
