/// What plugins say outside of calls.
///
/// Functions may come on any thread and must not block.
package protocol PluginEventObserver: AnyObject, Sendable {
    /// The plugin's manifest was read again and `changes` of its lists are different now.
    func manifestChanged(of plugin: PluginHandle, changes: Set<ManifestList>)
    /// The resource reads differently now.
    func resourceUpdated(_ uri: String, of plugin: PluginHandle)
    /// The plugin crashed too often and is not started any more; the sentence says what it was and what to do.
    func quarantined(_ plugin: PluginHandle, because sentence: String)
}

extension PluginEventObserver {
    package func quarantined(_ plugin: PluginHandle, because sentence: String) {}
}

/// The lists of a manifest that clients can be told about.
package enum ManifestList: String, Sendable, CaseIterable {
    case tools, prompts, resources
}
