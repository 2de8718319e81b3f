package import Logging
package import MCP
package import PluginRuntime
import Synchronization

/// The current catalogs of all addresses, built when first asked for and again after a manifest or the set of plugins changed.
package final class Catalog: Sendable {
    /// Under which name an operator shows a tool of a plugin; nil hides it.
    package typealias ShownName = @Sendable (_ tool: String, _ alias: String) -> String?

    private struct State: Sendable {
        /// By alias, so that equal hosts list alike.
        var plugins: [PluginHandle]
        var shownName: ShownName
        /// Counts the changes; what was built before the last one is not kept.
        var changes = 0
        var built: [Endpoint: EndpointCatalog] = [:]
    }

    private let settings: Settings
    private let logger: Logger
    private let state: Mutex<State>

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

    /// What an address serves; nil when no plugin has that alias.
    package subscript(endpoint: Endpoint) -> EndpointCatalog? {
        let (known, snapshot) = state.withLock { state in
            let known = state.built[endpoint]
            return (known, known == nil ? state : nil)
        }
        if let known { return known }
        guard let snapshot, let built = build(endpoint, of: snapshot) else { return nil }
        state.withLock { state in
            if state.changes == snapshot.changes { state.built[endpoint] = built }
        }
        return built
    }

    /// Serves other plugins from now on, under other names.
    ///
    /// - Returns: As ``refresh()``.
    package func update(
        _ plugins: [PluginHandle],
        shownName: @escaping ShownName
    ) -> [Endpoint: Set<ManifestList>] {
        rebuild { state in
            state.plugins = plugins.sorted { $0.alias < $1.alias }
            state.shownName = shownName
        }
    }

    /// Builds anew what was built before: a manifest is different now.
    ///
    /// - Returns: The lists that read differently now, by address; nothing when a later change tells them.
    package func refresh() -> [Endpoint: Set<ManifestList>] { rebuild { _ in } }

    private func rebuild(_ change: @Sendable (inout State) -> Void) -> [Endpoint: Set<ManifestList>] {
        let snapshot = state.withLock { state in
            change(&state)
            state.changes += 1
            return state
        }
        // Outside of the lock: requests go on with what was built before until everything is there.
        let rebuilt = snapshot.built.keys.map { ($0, build($0, of: snapshot)) }
        return state.withLock { state in
            // Whoever changed something later has seen this change too, and compares with the same old lists.
            guard state.changes == snapshot.changes else { return [:] }
            var changes: [Endpoint: Set<ManifestList>] = [:]
            for (endpoint, catalog) in rebuilt {
                changes[endpoint] = EndpointCatalog.changes(from: snapshot.built[endpoint], to: catalog)
                state.built[endpoint] = catalog
            }
            return changes.filter { !$0.value.isEmpty }
        }
    }

    private func build(_ endpoint: Endpoint, of state: State) -> EndpointCatalog? {
        let included = state.plugins.filter { endpoint.includes($0.alias) }
        if case .plugin = endpoint, included.isEmpty { return nil }
        let built = EndpointCatalog(
            included.map { CatalogPlugin($0) },
            endpoint: endpoint,
            settings: settings,
            shownName: state.shownName
        )
        for omission in built.omissions { logger.warning("\(omission)") }
        return built
    }
}
