package import PluginRuntime
import Synchronization

/// Carries changes from plugins to every client that listens on an address which shows them.
package final class ChangeFeed: Sendable {
    private let catalog: Catalog
    private let listeners = Mutex<[ObjectIdentifier: WeakListener]>([:])

    private struct WeakListener {
        weak var listener: (any ChangeListener)?
    }

    package init(_ catalog: Catalog) { self.catalog = catalog }

    /// Tells a listener about changes for as long as somebody else keeps it alive.
    package func add(_ listener: any ChangeListener) {
        listeners.withLock { $0[ObjectIdentifier(listener)] = WeakListener(listener: listener) }
    }

    /// Stops telling a listener.
    package func remove(_ listener: any ChangeListener) {
        listeners.withLock { $0[ObjectIdentifier(listener)] = nil }
    }

    private func listeners(for plugin: PluginHandle) -> [any ChangeListener] {
        listeners.withLock { all in
            all = all.filter { $0.value.listener != nil }
            return all.values.compactMap(\.listener)
        }
        .filter { $0.endpoint.includes(plugin.alias) && $0.grants.reaches(plugin.alias) }
    }
}

extension ChangeFeed: PluginEventObserver {
    package func manifestChanged(of plugin: PluginHandle, changes: Set<ManifestList>) {
        catalog.invalidate()
        let order = ManifestList.allCases.filter(changes.contains)
        for listener in listeners(for: plugin) {
            for list in order { listener.listChanged(list) }
        }
    }

    package func resourceUpdated(_ uri: String, of plugin: PluginHandle) {
        for listener in listeners(for: plugin) where listener.grants.allowsReading(plugin.alias) {
            listener.resourceUpdated(uri)
        }
    }
}
