import Crypto
import Gateway
import PluginRuntime
import Synchronization

/// A tool whose answers are kept, or that purges what others have answered.
final class CachedTool: Sendable {
    /// What its answers are kept under; nil: they are not kept.
    let label: CacheLabel?
    let isShared: Bool
    /// What a call of it purges.
    let invalidates: [CacheTag]
    let counters: CacheCounters
    private let start = Mutex<(fingerprint: [UInt8], hash: SHA256)?>(nil)

    init(_ tool: CatalogTool, _ rule: ResolvedRule, counters: CacheCounters) {
        let alias = tool.plugin.alias
        label = rule.terms.map { CacheLabel(plugin: alias, tool: tool.name, tags: rule.tags, terms: $0) }
        isShared = rule.isShared
        invalidates = rule.invalidates.map { CacheTag(plugin: alias, name: $0) }
        self.counters = counters
    }

    /// A hash that has taken in the plugin and the tool already, for the plugin as it is.
    func hash(of label: CacheLabel, fingerprint: [UInt8]) -> SHA256 {
        start.withLock { start in
            if let start, start.fingerprint == fingerprint { return start.hash }
            var hash = SHA256()
            hash.update(data: Array("roost cache 1 \(isShared ? CacheRule.Scope.shared : .principal)".utf8))
            for part in [label.plugin, label.tool] { hash.update(part: part.utf8) }
            hash.update(data: fingerprint)
            start = (fingerprint, hash)
            return hash
        }
    }
}

extension SHA256 {
    /// Takes in a part with its length, so that no two lists of parts look alike.
    mutating func update(part: some Collection<UInt8>) {
        update(data: Array("\(part.count):".utf8))
        update(data: Array(part))
    }
}
