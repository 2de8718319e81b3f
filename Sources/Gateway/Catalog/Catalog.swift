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
    private let views = Mutex<[View: EndpointCatalog]>([:])

    /// What a caller with these grants is shown of an address.
    private struct View: Hashable {
        var endpoint: Endpoint
        var grants: Grants
    }

    /// Views kept; however many callers there are, they have few kinds of grants.
    private static let maximumViews = 256

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
        guard let built = build(endpoint, for: .everything) else { return nil }
        for omission in built.omissions { logger.warning("\(omission)") }
        current.withLock { $0[endpoint] = built }
        return built
    }

    /// What a caller is shown of an address; nil when no plugin has that alias.
    ///
    /// Lists and instructions hold only what the caller may use. Names mean the same as in the whole catalog.
    package func view(of endpoint: Endpoint, for grants: Grants) -> EndpointCatalog? {
        if grants.isUnrestricted { return self[endpoint] }
        let key = View(endpoint: endpoint, grants: grants)
        if let known = views.withLock({ $0[key] }) { return known }
        guard let built = build(endpoint, for: grants) else { return nil }
        views.withLock { views in
            if views.count >= Self.maximumViews { views = [:] }
            views[key] = built
        }
        return built
    }

    private func build(_ endpoint: Endpoint, for grants: Grants) -> EndpointCatalog? {
        let included = plugins.filter { endpoint.includes($0.alias) }
        if case .plugin = endpoint, included.isEmpty { return nil }
        return EndpointCatalog(
            included.map { CatalogPlugin($0) },
            endpoint: endpoint,
            host: settings.host,
            separator: settings.separator,
            grants: grants,
            shownName: settings.shownName
        )
    }

    /// Forgets what was built: a manifest is different now.
    package func invalidate() {
        current.withLock { $0 = [:] }
        views.withLock { $0 = [:] }
    }
}
