import YAML

/// What holds calls back: rate limits, limits of the whole host, deadlines of tools, breakers and retries.
extension ConfigurationReader {
    mutating func readHostLimits(_ node: ConfigurationNode, into limits: inout HostLimits) {
        let members = members(of: node, known: ConfigurationKeys.hostLimits)
        if let node = members["concurrency"] { limits.concurrency = integer(node, in: 1...1_000_000) }
        if let node = members["deadline"] { limits.deadline = duration(node) }
    }

    mutating func readQueue(_ node: ConfigurationNode, into queue: inout QueueConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.queue)
        if let node = members["concurrency"] { queue.concurrency = integer(node, in: 1...10_000) }
        if let node = members["max_result"] {
            queue.maxResult = bytes(node, atLeast: 1_024) ?? queue.maxResult
        }
        if let node = members["max_sync_result"] {
            queue.maxSyncResult = bytes(node, atLeast: 1_024) ?? queue.maxSyncResult
        }
        if let node = members["adopt_after"] { queue.adoptAfter = duration(node) ?? queue.adoptAfter }
    }

    /// The limits of the whole host; those of single plugins stand with the plugins.
    mutating func readRateLimits(
        _ node: ConfigurationNode,
        plugins: [String],
        into limits: inout RateLimitConfiguration
    ) {
        let members = members(of: node, known: ConfigurationKeys.rateLimits)
        if let node = members["on_outage"] {
            limits.onOutage = choice(node, RateLimitConfiguration.Outage.self) ?? limits.onOutage
        }
        if let node = members["buckets"] {
            limits.buckets = integer(node, in: 1_024...10_000_000) ?? limits.buckets
        }
        if let node = members["rules"] {
            limits.rules = elements(node).compactMap { rule($0, of: nil, plugins: plugins) }
        }
    }

    /// The rules that stand with one plugin.
    mutating func rateLimits(_ node: ConfigurationNode, of plugin: String) -> [RateLimitRule] {
        elements(node).compactMap { rule($0, of: plugin, plugins: []) }
    }

    private mutating func rule(
        _ node: ConfigurationNode,
        of owner: String?,
        plugins: [String]
    ) -> RateLimitRule? {
        let known = ConfigurationKeys.rateLimitRule.filter { owner == nil || $0 != "plugin" }
        let members = members(of: node, known: known)
        var dimensions: Set<RateLimitRule.Dimension> = []
        if let node = members["per"] {
            let names = node.node.sequence == nil ? [node] : elements(node)
            dimensions = Set(names.compactMap { choice($0, RateLimitRule.Dimension.self) })
        }
        var plugin = owner
        if let node = members["plugin"], let alias = string(node) {
            plugin = alias
            if !plugins.contains(alias) {
                let hint = ConfigurationKeys.hint(for: alias, among: plugins)
                fault(node, expected: "the alias of a plugin", hint: hint)
            }
        }
        guard let rateNode = members["rate"] else {
            if node.node.mapping != nil {
                fault(node, expected: "the key \"rate\" with a value such as 10/s", found: "none")
            }
            return nil
        }
        let expected = "a number of calls and a time such as 10/s, 600/m or 5/10s"
        guard let rate = value(rateNode, expected: expected, Quantity.rate) else { return nil }
        let tool = members["tool"].flatMap { string($0, expected: "a tool's name, or a pattern with *") }
        let burst = members["burst"].flatMap { integer($0, in: 1...1_000_000) } ?? rate.count
        let counted = RateLimitRule.Dimension.allCases.filter(dimensions.contains).map(\.rawValue)
        let text = string(of: rateNode)
        let standard = (([plugin, tool].compactMap { $0 } + counted) + [text]).joined(separator: "-")
        let name = members["name"].flatMap { node in
            value(node, expected: "1 to 64 letters, digits and - . _ / : * without blanks", Self.ruleName)
        }
        return RateLimitRule(
            name: name ?? standard,
            dimensions: dimensions,
            plugin: plugin,
            tool: tool,
            count: rate.count,
            window: rate.window,
            burst: burst
        )
    }

    private mutating func string(of node: ConfigurationNode) -> String {
        (string(node) ?? "").filter { $0 != " " }
    }

    private static func ruleName(_ text: String) -> String? {
        let isName = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        return isName && (1...64).contains(text.utf8.count) ? text : nil
    }

    mutating func readBreaker(_ node: ConfigurationNode, into breaker: inout BreakerConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.breaker)
        if let node = members["failures"] { breaker.failures = integer(node, in: 0...10_000) ?? 0 }
        if let node = members["within"] { breaker.within = duration(node) ?? breaker.within }
        if let node = members["open_for"] { breaker.openFor = duration(node) ?? breaker.openFor }
    }

    mutating func readRetries(_ node: ConfigurationNode, into retries: inout RetryConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.retries)
        if let node = members["attempts"] { retries.attempts = integer(node, in: 0...10) ?? retries.attempts }
        if let node = members["pause"] { retries.pause = duration(node) ?? retries.pause }
        if let node = members["budget"] {
            retries.budget =
                value(node, expected: "a number from 0 to 1 such as 0.2") { text in
                    Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
                } ?? retries.budget
        }
    }

    /// The time each named tool may take.
    mutating func deadlines(_ node: ConfigurationNode) -> [String: Duration] {
        var deadlines: [String: Duration] = [:]
        for (tool, _, value) in entries(of: node) { deadlines[tool] = duration(value) }
        return deadlines
    }
}
