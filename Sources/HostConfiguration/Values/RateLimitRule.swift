/// One limit: whom it counts apart, what it applies to, and how much is allowed.
package struct RateLimitRule: Sendable, Hashable {
    /// What is counted apart.
    package enum Dimension: String, Sendable, Hashable, CaseIterable {
        case principal, plugin, tool
    }

    /// How clients and metrics call it.
    ///
    /// Default: what is counted and the rate, such as `principal-tool-10/s`.
    package var name: String
    /// What is counted apart; nothing: all calls together.
    package var dimensions: Set<Dimension>
    /// The plugin it applies to, by alias; nil: all.
    package var plugin: String?
    /// A pattern for the plugin's own names of the tools it applies to; nil: everything a plugin is asked for.
    package var tool: String?
    /// Calls in ``window``, at least 1.
    package var count: Int
    /// The time that ``count`` calls take, longer than 0.
    package var window: Duration
    /// Calls that may come at once, at least 1.
    ///
    /// Default: ``count``.
    package var burst: Int
}
