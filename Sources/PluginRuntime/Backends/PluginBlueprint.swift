/// What it takes to make an instance of a plugin, in the host or in a cell.
struct PluginBlueprint: Sendable {
    var alias: String
    /// The library's name in host.yaml, for messages.
    var library: String
    /// Absolute path of the verified copy that is loaded.
    var image: String
    /// SHA-256 of that copy's content, in hexadecimal; nothing else is loaded.
    var digest: String
    var dataDirectory: String
    /// The plugin's settings as a JSON object.
    var config: [UInt8]
    /// What the lock holds the plugin to beside its library; nil: nothing.
    var held: HeldLibrary?

    /// Another library that the plugin opens by itself, and what must be in it.
    struct HeldLibrary: Sendable {
        var path: String
        var content: OpenedLibrary
    }
}
