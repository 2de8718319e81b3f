/// Which answers to purge: those that match everything that is named.
package struct CacheFilter: Sendable, Hashable {
    /// An alias; nil: every plugin.
    package var plugin: String?
    /// A tool's own name; nil: every tool.
    package var tool: String?
    /// A tag; nil: with and without tags.
    package var tag: String?

    package init(plugin: String? = nil, tool: String? = nil, tag: String? = nil) {
        self.plugin = plugin
        self.tool = tool
        self.tag = tag
    }

    /// Every answer there is.
    package static let everything = CacheFilter()

    /// The generation of a second level that this filter moves.
    ///
    /// Where there is none for exactly what is named, the next larger one: a purge may forget too much, never too little.
    var guardName: String {
        guard let plugin else { return "*" }
        if let tool { return "\(plugin)/\(tool)" }
        return tag.map { CacheTag(plugin: plugin, name: $0).guardName } ?? plugin
    }

    func matches(_ label: CacheLabel) -> Bool {
        if let plugin, plugin != label.plugin { return false }
        if let tool, tool != label.tool { return false }
        if let tag, !label.tags.contains(where: { $0.name == tag }) { return false }
        return true
    }
}
