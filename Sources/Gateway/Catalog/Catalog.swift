package import Logging
package import MCP
package import PluginRuntime
import Synchronization

/// The current catalogs of all addresses, built when first asked for and again after a manifest or the set of plugins changed.
package final class Catalog: Sendable {
    /// Under which name an operator shows a tool of a plugin; nil hides it.
    package typealias ShownName = @Sendable (_ tool: String, _ alias: String) -> String?

    /// What a caller with these grants is shown of an address.
    package struct View: Hashable, Sendable {
        package var endpoint: Endpoint
        package var grants: Grants

        package init(_ endpoint: Endpoint, for grants: Grants) {
            self.endpoint = endpoint
            self.grants = grants.isUnrestricted ? .everything : grants
        }
    }

    private struct State: Sendable {
        /// By alias, so that equal hosts list alike.
        var plugins: [PluginHandle]
        var shownName: ShownName
        /// Counts the changes; what was built before the last one is not kept.
        var changes = 0
        var built: [View: EndpointCatalog] = [:]

        /// The view of a caller: of its grants, only what concerns the plugins of the address.
        func view(of endpoint: Endpoint, for grants: Grants) -> View {
            guard !grants.isUnrestricted else { return View(endpoint, for: grants) }
            return View(
                endpoint,
                for: grants.concerning(plugins.lazy.map(\.alias).filter { endpoint.includes($0) })
            )
        }
    }

    private let settings: Settings
    private let logger: Logger
    private let state: Mutex<State>

    /// Views kept; however many callers there are, they have few kinds of grants.
    private static let maximumViews = 256

    /// How names are formed at the shared address, and which tools are shown.
    package struct Settings: Sendable {
        package var host: Implementation
        /// Stands between alias and name at the shared address.
        ///
        /// Default "_".
        package var separator = "_"
        /// Default: every tool under its own name.
        package var shownName: ShownName = { tool, _ in tool }
        /// True when plugins may be reloaded: then any list may change, whatever its plugin says.
        ///
        /// Default false.
        package var allListsMayChange = false

        package init(host: Implementation) { self.host = host }
    }

    package init(_ plugins: [PluginHandle], settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
        state = Mutex(
            State(plugins: plugins.sorted { $0.alias < $1.alias }, shownName: settings.shownName)
        )
    }

    /// The plugins that are served, sorted.
    package var aliases: [String] { state.withLock { $0.plugins.map(\.alias) } }

    /// What an address serves, all of it; nil when no plugin has that alias.
    package subscript(endpoint: Endpoint) -> EndpointCatalog? { view(of: endpoint, for: .everything) }

    /// What a caller is shown of an address; nil when no plugin has that alias.
    ///
    /// Lists and instructions hold only what the caller may use. Names mean the same as in the whole catalog.
    package func view(of endpoint: Endpoint, for grants: Grants) -> EndpointCatalog? {
        let (view, known, snapshot) = state.withLock { state in
            let view = state.view(of: endpoint, for: grants)
            let known = state.built[view]
            return (view, known, known == nil ? state : nil)
        }
        if let known { return known }
        guard let snapshot, let built = build(view, of: snapshot) else { return nil }
        state.withLock { state in
            guard state.changes == snapshot.changes else { return }
            if state.built.count >= Self.maximumViews {
                state.built = state.built.filter { $0.key.grants.isUnrestricted }
            }
            state.built[view] = built
        }
        return built
    }

    /// Which view a caller has of an address.
    func key(of endpoint: Endpoint, for grants: Grants) -> View {
        state.withLock { $0.view(of: endpoint, for: grants) }
    }

    /// Serves other plugins from now on, under other names.
    ///
    /// - Returns: As ``refresh()``.
    package func update(_ plugins: [PluginHandle], shownName: @escaping ShownName) -> CatalogChanges {
        rebuild { state in
            state.plugins = plugins.sorted { $0.alias < $1.alias }
            state.shownName = shownName
        }
    }

    /// Builds anew what was built before: a manifest is different now.
    ///
    /// - Returns: The lists that read differently now; nothing when a later change tells them.
    package func refresh() -> CatalogChanges { rebuild { _ in } }

    private func rebuild(_ change: @Sendable (inout State) -> Void) -> CatalogChanges {
        let snapshot = state.withLock { state in
            change(&state)
            state.changes += 1
            return state
        }
        // Outside of the lock: requests go on with what was built before until everything is there.
        let rebuilt = snapshot.built.keys.map { ($0, build($0, of: snapshot)) }
        return state.withLock { state in
            // Whoever changed something later has seen this change too, and compares with the same old lists.
            guard state.changes == snapshot.changes else { return CatalogChanges() }
            var changes = CatalogChanges()
            for (view, catalog) in rebuilt {
                changes.lists[view] = EndpointCatalog.changes(from: snapshot.built[view], to: catalog)
                state.built[view] = catalog
            }
            return changes
        }
    }

    private func build(_ view: View, of state: State) -> EndpointCatalog? {
        let included = state.plugins.filter { view.endpoint.includes($0.alias) }
        if case .plugin = view.endpoint, included.isEmpty { return nil }
        let built = EndpointCatalog(
            included.map { CatalogPlugin($0) },
            endpoint: view.endpoint,
            settings: settings,
            grants: view.grants,
            shownName: state.shownName
        )
        if view.grants.isUnrestricted { for omission in built.omissions { logger.warning("\(omission)") } }
        return built
    }
}
