package import PluginRuntime
import Synchronization
package import Telemetry

/// Carries changes from plugins to every client that listens on an address which shows them.
package final class ChangeFeed: Sendable {
    private let catalog: Catalog
    private let audit: AuditTrail?
    private let listeners = Mutex<[ObjectIdentifier: WeakListener]>([:])

    private struct WeakListener {
        weak var listener: (any ChangeListener)?
    }

    package init(_ catalog: Catalog, audit: AuditTrail? = nil) {
        self.catalog = catalog
        self.audit = audit
    }

    /// Tells a listener about changes for as long as somebody else keeps it alive.
    package func add(_ listener: any ChangeListener) {
        // What is compared with later has to be there: another worker may have served the client until now.
        _ = catalog[listener.endpoint]
        _ = catalog.view(of: listener.endpoint, for: listener.grants)
        listeners.withLock { $0[ObjectIdentifier(listener)] = WeakListener(listener: listener) }
    }

    /// Stops telling a listener.
    package func remove(_ listener: any ChangeListener) {
        listeners.withLock { $0[ObjectIdentifier(listener)] = nil }
    }

    private func living() -> [any ChangeListener] {
        listeners.withLock { all in
            all = all.filter { $0.value.listener != nil }
            return all.values.compactMap(\.listener)
        }
    }
}

extension ChangeFeed {
    /// Serves other plugins from now on, and tells the clients of every address whose lists read differently now.
    package func update(_ plugins: [PluginHandle], shownName: @escaping Catalog.ShownName) {
        tell(catalog.update(plugins, shownName: shownName))
    }

    private func tell(_ changes: CatalogChanges) {
        for listener in living() {
            let lists = changes.lists(for: catalog.key(of: listener.endpoint, for: listener.grants))
            for list in ManifestList.allCases where lists.contains(list) { listener.listChanged(list) }
        }
    }
}

extension ChangeFeed: PluginEventObserver {
    /// What the plugin changed may be hidden or renamed by the operator: the served lists decide who is told of what.
    package func manifestChanged(of plugin: PluginHandle, changes: Set<ManifestList>) {
        tell(catalog.refresh())
    }

    package func quarantined(_ plugin: PluginHandle, because sentence: String) {
        audit?.record(AuditEvent(.quarantine, .done, plugin: plugin.alias, reason: sentence))
    }

    package func resourceUpdated(_ uri: String, of plugin: PluginHandle) {
        for listener in living()
        where listener.endpoint.includes(plugin.alias) && listener.grants.allowsReading(plugin.alias) {
            listener.resourceUpdated(uri)
        }
    }
}
