/// What an operator or a writing tool can name to purge answers: the plugin, the tool, its tags.
///
/// One for each tool whose answers are kept; a class, because every entry of the tool points to it.
final class CacheLabel: Sendable {
    let plugin: String
    let tool: String
    let tags: [CacheTag]
    let terms: CacheTerms
    /// The names under which a second level keeps generations: an entry is good while none of them has moved.
    let guards: [String]

    init(plugin: String, tool: String, tags: [String] = [], terms: CacheTerms) {
        self.plugin = plugin
        self.tool = tool
        self.tags = tags.map { CacheTag(plugin: plugin, name: $0) }
        self.terms = terms
        guards =
            [CacheFilter.everything, CacheFilter(plugin: plugin), CacheFilter(plugin: plugin, tool: tool)]
            .map(\.guardName) + self.tags.map(\.guardName)
    }
}
