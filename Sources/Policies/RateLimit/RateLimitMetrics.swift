import Metrics

/// What rate limits count: every decision of every rule, and every call that Redis could not be asked about.
struct RateLimitMetrics: Sendable {
    private let allowed: [Counter]
    private let refused: [Counter]
    private let outages: [RateLimit.Outage: Counter]

    init(_ rules: [String], _ factory: any MetricsFactory) {
        func decisions(_ rule: String, _ decision: String) -> Counter {
            Counter(
                label: "roost_rate_limit_decisions_total",
                dimensions: [("rule", rule), ("decision", decision)],
                factory: factory
            )
        }
        allowed = rules.map { decisions($0, "allowed") }
        refused = rules.map { decisions($0, "refused") }
        outages = Dictionary(
            uniqueKeysWithValues: RateLimit.Outage.allCases.map { outage in
                (
                    outage,
                    Counter(
                        label: "roost_rate_limit_outages_total",
                        dimensions: [("applied", outage.rawValue)],
                        factory: factory
                    )
                )
            }
        )
    }

    func decided(_ rule: Int, isAllowed: Bool) {
        if isAllowed { allowed[rule].increment() } else { refused[rule].increment() }
    }

    func outage(_ applied: RateLimit.Outage) { outages[applied]?.increment() }
}
