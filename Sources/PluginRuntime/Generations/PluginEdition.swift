/// What the next start of a plugin launches: its specification, the verified image, and how it is brought to life.
///
/// A reload makes a new edition beside the one in use. It never changes, so whoever holds one knows what runs.
final class PluginEdition: Sendable {
    let specification: PluginSpecification
    let image: ImageStore.Image
    let launcher: any BackendLauncher
    private let manifests: ManifestCache
    private let key: ManifestCache.Key

    init(
        _ specification: PluginSpecification,
        image: ImageStore.Image,
        launcher: any BackendLauncher,
        manifests: ManifestCache,
        key: ManifestCache.Key
    ) {
        self.specification = specification
        self.image = image
        self.launcher = launcher
        self.manifests = manifests
        self.key = key
    }

    /// The same image and process under other limits.
    func adjusted(to specification: PluginSpecification) -> PluginEdition {
        PluginEdition(specification, image: image, launcher: launcher, manifests: manifests, key: key)
    }

    /// The manifest that was kept for this image and configuration; nil when there is none.
    var keptManifest: [UInt8]? { manifests.manifest(for: key) }

    /// Keeps a manifest for the next start of the host; false when that was not possible, which costs time, not answers.
    @discardableResult
    func keep(_ manifest: [UInt8]) -> Bool { manifests.keep(manifest, for: key) }
}
