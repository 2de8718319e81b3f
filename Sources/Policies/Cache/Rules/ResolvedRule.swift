import PluginRuntime

/// A rule with nothing left open.
struct ResolvedRule: Sendable, Hashable {
    /// Nil: answers are not kept.
    var terms: CacheTerms?
    var isShared: Bool
    var tags: [String]
    var invalidates: [String]

    /// The operator's word over the author's.
    init(_ rule: CacheRule?, over hints: ToolHints) {
        isShared = rule?.scope.map { $0 == .shared } ?? hints.cacheIsShared
        tags = rule?.tags ?? hints.cacheTags
        invalidates = rule?.invalidates ?? hints.cacheInvalidates
        let timeToLive = rule?.timeToLive ?? hints.cacheTTL ?? .zero
        // What changes something must reach the plugin every time.
        guard timeToLive > .zero, invalidates.isEmpty else { return }
        terms = CacheTerms(
            timeToLive: timeToLive,
            staleWhileRevalidate: rule?.staleWhileRevalidate ?? .zero,
            staleIfError: rule?.staleIfError ?? .zero
        )
    }
}
