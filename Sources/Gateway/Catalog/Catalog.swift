package import Logging
package import MCP
package import PluginRuntime
import Synchronization

/// The current catalogs of all addresses, built when first asked for and again after a manifest changed.
package final class Catalog: Sendable {
    private let plugins: [PluginHandle]
    private let settings: Settings
    private let logger: Logger
    private let current = Mutex<[Endpoint: EndpointCatalog]>([:])

    /// How names are formed at the shared address, and which tools are shown.
    package struct Settings: Sendable {
        package var host: Implementation
        /// Stands between alias and name at the shared address.
        ///
        /// Default "_".
        package var separator = "_"
        /// Under which name an operator shows a tool of a plugin; nil hides it.
        ///
        /// Default: every tool under its own name.
        package var shownName: @Sendable (_ tool: String, _ alias: String) -> String? = { tool, _ in tool }

        package init(host: Implementation) { self.host = host }
    }

    package init(_ plugins: [PluginHandle], settings: Settings, logger: Logger) {
        self.plugins = plugins.sorted { $0.alias < $1.alias }
        self.settings = settings
        self.logger = logger
    }

    /// What an address serves; nil when no plugin has that alias.
    package subscript(endpoint: Endpoint) -> EndpointCatalog? {
        if let known = current.withLock({ $0[endpoint] }) { return known }
        let included = plugins.filter { endpoint.includes($0.alias) }
        if case .plugin = endpoint, included.isEmpty { return nil }
        let built = EndpointCatalog(
            included.map { CatalogPlugin($0) },
            endpoint: endpoint,
            host: settings.host,
            separator: settings.separator,
            shownName: settings.shownName
        )
        for omission in built.omissions { logger.warning("\(omission)") }
        current.withLock { $0[endpoint] = built }
        return built
    }

    /// Forgets what was built: a manifest is different now.
    package func invalidate() { current.withLock { $0 = [:] } }
}
