import PluginRuntime

/// A plugin's handle with the manifest it had when the catalog was built.
struct CatalogPlugin: Sendable {
    var handle: PluginHandle
    var manifest: PluginManifest
    var tools: [CatalogTool]

    init(_ handle: PluginHandle) {
        self.handle = handle
        manifest = handle.manifest
        tools = manifest.tools.map { CatalogTool($0, of: handle) }
    }
}
