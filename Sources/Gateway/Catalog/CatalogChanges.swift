import PluginRuntime

/// Which lists read differently after a change, for each view that was built before it.
package struct CatalogChanges: Sendable {
    var lists: [Catalog.View: Set<ManifestList>] = [:]

    /// What to tell somebody who sees this view.
    ///
    /// A view that is not kept counts as changed where the whole address did: being told too much loses nothing.
    func lists(for view: Catalog.View) -> Set<ManifestList> {
        lists[view] ?? lists[Catalog.View(view.endpoint, for: .everything)] ?? []
    }
}
