/// A name that answers of one plugin are kept under, so that a tool that writes can purge them.
struct CacheTag: Sendable, Hashable {
    /// The plugin's alias: tags of two plugins never meet.
    var plugin: String
    var name: String

    var guardName: String { "\(plugin)#\(name)" }
}
