/// Where a plugin runs.
package enum PluginProcess: Sendable, Hashable {
    /// In a cell of its own: `own`.
    case own
    /// In the process of the host, for trusted code on a hot path: `host`.
    case host
    /// In a cell shared by all plugins that name the same group: any other name.
    case group(String)
}
