/// One rate limit: what it applies to, what it counts apart, and how much is allowed.
package struct RateRule: Sendable {
    /// What is counted apart.
    package enum Dimension: String, Sendable, Hashable, CaseIterable {
        case principal, plugin, tool
    }

    /// How clients and metrics call it, unique in a host, the same in every host that shares it.
    package var name: String
    /// What is counted apart; empty: all calls together.
    package var dimensions: Set<Dimension>
    /// The plugin it applies to; nil: all.
    package var plugin: String?
    /// The tools it applies to, by the plugin's own names; nil: everything a plugin is asked for.
    package var tool: NamePattern?
    let gcra: GCRA
    /// `count` calls in `window`, for messages.
    let count: Int
    let window: Duration

    /// `count` calls in `window` at least 1 and longer than 0, of which `burst` may come at once.
    package init(
        name: String,
        dimensions: Set<Dimension>,
        plugin: String?,
        tool: String?,
        count: Int,
        window: Duration,
        burst: Int
    ) {
        self.name = name
        self.dimensions = dimensions
        self.plugin = plugin
        self.tool = tool.map { NamePattern($0) }
        self.count = count
        self.window = window
        gcra = GCRA(count: count, window: window, burst: burst)
    }

    /// Whether it counts a call; `tool` is nil for anything but a tool's call.
    func applies(plugin: String, tool: String?) -> Bool {
        if let own = self.plugin, own != plugin { return false }
        guard let pattern = self.tool else { return true }
        return tool.map { pattern.matches($0) } ?? false
    }

    /// Who is counted apart, in words: "for each principal and tool".
    var scope: String {
        let names = Dimension.allCases.filter(dimensions.contains).map(\.rawValue)
        return names.isEmpty ? "for all together" : "for each " + names.joined(separator: " and ")
    }
}
