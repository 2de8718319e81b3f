/// When a plugin starts.
package enum PluginStart: String, Sendable, CaseIterable {
    /// At its first call.
    case lazy
    /// With the host.
    case eager
}
