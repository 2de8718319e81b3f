import Gateway
import Metrics
import PluginRuntime
import Synchronization

/// The tools the cache has to do with, found by the catalog's own object.
final class CachedTools: Sendable {
    /// By alias and the tool's own name.
    private let rules: [String: [String: CacheRule]]
    private let factory: any MetricsFactory
    private let state = Mutex(State())

    private struct State {
        /// Holds on to each tool, so that an address never means another one.
        var known: [ObjectIdentifier: (tool: CatalogTool, cached: CachedTool?)] = [:]
        var counters: [String: CacheCounters] = [:]
    }

    /// Catalogs are built anew when a manifest changes: then the old ones' tools are let go.
    private static let maximum = 8_192

    init(_ rules: [String: [String: CacheRule]], factory: any MetricsFactory) {
        self.rules = rules
        self.factory = factory
    }

    /// What is known of a tool; nil when the cache has nothing to do with it.
    subscript(tool: CatalogTool) -> CachedTool? {
        if rules.isEmpty, !tool.hints.concernCache { return nil }
        return state.withLock { state in
            if let known = state.known[ObjectIdentifier(tool)] { return known.cached }
            if state.known.count >= Self.maximum { state.known = [:] }
            let alias = tool.plugin.alias
            let rule = ResolvedRule(rules[alias]?[tool.name], over: tool.hints)
            var cached: CachedTool?
            if rule.terms != nil || !rule.invalidates.isEmpty {
                let counters = state.counters[alias] ?? CacheCounters(plugin: alias, factory: factory)
                state.counters[alias] = counters
                cached = CachedTool(tool, rule, counters: counters)
            }
            state.known[ObjectIdentifier(tool)] = (tool, cached)
            return cached
        }
    }

    /// What was counted, by alias.
    var counters: [String: CacheCounters] { state.withLock { $0.counters } }
}
