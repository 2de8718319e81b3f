/// What of a changed host.yaml a running host cannot take over.
///
/// Plugins may come, go and change while the host runs; where it listens and how it speaks may not.
package struct ConfigurationDifference: Sendable, Hashable {
    /// The paths of keys that hold only after a restart, in alphabetical order: `http`, `plugins.memory.cache`.
    package let needingRestart: [String]

    /// Compares what a host runs with and what its file says now.
    ///
    /// A plugin that is in only one of the two needs no restart.
    package init(from old: HostConfiguration, to new: HostConfiguration) {
        let live = ConfigurationKeys.liveRoot
        var keys = Self.differing(old.sections, new.sections).filter { !live.contains($0) }
        for plugin in new.plugins {
            guard let before = old.plugins.first(where: { $0.alias == plugin.alias }) else { continue }
            keys += Self.differing(before.sections, plugin.sections)
                .filter { !ConfigurationKeys.livePlugin.contains($0) }
                .map { "plugins.\(plugin.alias).\($0)" }
        }
        needingRestart = keys.sorted()
    }

    private static func differing<Value: Equatable>(
        _ old: [String: Value],
        _ new: [String: Value]
    ) -> [String] {
        Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    }
}
