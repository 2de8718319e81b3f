import Synchronization

/// Which copies of libraries this process may load again, by how many editions.
final class ImageHolds: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// The paths that somebody holds.
    var paths: Set<String> { counts.withLock { Set($0.keys) } }

    fileprivate func add(_ path: String) { counts.withLock { $0[path, default: 0] += 1 } }

    fileprivate func remove(_ path: String) {
        counts.withLock { counts in
            let left = (counts[path] ?? 0) - 1
            counts[path] = left > 0 ? left : nil
        }
    }
}

/// Keeps a copy from being removed for as long as somebody has this: an edition in use, one that drains, the way back.
final class ImageHold: Sendable {
    let image: ImageStore.Image
    /// What it is a copy of.
    let library: String
    private let store: ImageStore

    init(_ image: ImageStore.Image, of library: String, in store: ImageStore) {
        self.image = image
        self.library = library
        self.store = store
        store.holds.add(image.path)
    }

    deinit { store.holds.remove(image.path) }

    /// Says that the copy is used, and makes it anew when it is gone: another host may have removed it while this one was
    /// stopped for longer than copies are kept.
    ///
    /// Blocks for as long as the disk does.
    func renew(alias: String) throws(PluginFailure) {
        guard !Files.touch(image.path) else { return }
        if let found = try? store.image(of: library, alias: alias), found == image { return }
        throw PluginFailure(
            .unavailable,
            plugin: alias,
            "the copy \(image.path) of the library of plugin \(alias) was removed, and \(library) is another one now or gone. Run roost reload to load what is there"
        )
    }
}
