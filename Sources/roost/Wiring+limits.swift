import Gateway
import HostConfiguration
import Logging
import NIOCore
import PluginRuntime
import Policies

/// What holds calls back, and what keeps a failing plugin from its callers.
extension Wiring {
    /// How often callers may call; nil when no rule says.
    var rateLimit: RateLimit? {
        let limits = configuration.rateLimits
        guard !limits.rules.isEmpty else { return nil }
        return RateLimit(
            limits.rules.map { RateRule($0) },
            buckets: limits.buckets,
            redis: redis,
            outage: RateLimit.Outage(limits.onOutage)
        )
    }

    /// How many calls may be open in the whole host; nil when nothing says.
    var concurrencyCap: ConcurrencyCap? { configuration.limits.concurrency.map { ConcurrencyCap($0) } }

    /// What asks a plugin again that crashed under a call; nil when no plugin wants it.
    var retries: RetryCrashed? {
        var settings: [String: RetryCrashed.Settings] = [:]
        for plugin in configuration.selectedPlugins where plugin.retries.attempts > 0 {
            settings[plugin.alias] = RetryCrashed.Settings(plugin.retries)
        }
        guard !settings.isEmpty else { return nil }
        return RetryCrashed(settings) { [group] delay, action in
            _ = group.any().scheduleTask(in: TimeAmount(delay), action)
        }
    }

    /// The breakers of the plugins that have one; nil when none has.
    static func breakers(_ configuration: HostConfiguration, logger: Logger) -> CircuitBreakers? {
        var settings: [String: CircuitBreakers.Settings] = [:]
        for plugin in configuration.selectedPlugins where plugin.breaker.failures > 0 {
            settings[plugin.alias] = CircuitBreakers.Settings(plugin.breaker)
        }
        return settings.isEmpty ? nil : CircuitBreakers(settings, logger: logger)
    }
}

extension RateRule {
    /// The rule as host.yaml has it.
    fileprivate init(_ rule: RateLimitRule) {
        self.init(
            name: rule.name,
            dimensions: Set(rule.dimensions.map { Dimension($0) }),
            plugin: rule.plugin,
            tool: rule.tool,
            count: rule.count,
            window: rule.window,
            burst: rule.burst
        )
    }
}

extension RateRule.Dimension {
    fileprivate init(_ dimension: RateLimitRule.Dimension) {
        switch dimension {
        case .principal: self = .principal
        case .plugin: self = .plugin
        case .tool: self = .tool
        }
    }
}

extension RateLimit.Outage {
    fileprivate init(_ outage: RateLimitConfiguration.Outage) {
        switch outage {
        case .open: self = .open
        case .closed: self = .closed
        case .local: self = .local
        }
    }
}

extension RetryCrashed.Settings {
    fileprivate init(_ retries: RetryConfiguration) {
        self.init(attempts: retries.attempts, pause: retries.pause, budget: retries.budget)
    }
}

extension CircuitBreakers.Settings {
    fileprivate init(_ breaker: BreakerConfiguration) {
        self.init(failures: breaker.failures, within: breaker.within, openFor: breaker.openFor)
    }
}
