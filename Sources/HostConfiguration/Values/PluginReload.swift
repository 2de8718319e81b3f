/// When a plugin's changed library is loaded.
package enum PluginReload: String, Sendable, CaseIterable {
    /// When an operator asks for it.
    case manual
    /// As soon as it is written.
    case watch
}
