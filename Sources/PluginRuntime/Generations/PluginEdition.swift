/// What the next start of a plugin launches: its specification, the verified image, and how it is brought to life.
///
/// A reload makes a new edition beside the one in use. It never changes, so whoever holds one knows what runs.
final class PluginEdition: Sendable {
    let specification: PluginSpecification
    let image: ImageStore.Image
    /// What the image served when the edition was made; a plugin that runs may have changed it since.
    let manifest: PluginManifest
    let launcher: any BackendLauncher
    /// Keeps a manifest for the next start of the host.
    let keepManifest: @Sendable ([UInt8]) -> Void

    init(
        _ specification: PluginSpecification,
        image: ImageStore.Image,
        manifest: PluginManifest,
        launcher: any BackendLauncher,
        keepManifest: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) {
        self.specification = specification
        self.image = image
        self.manifest = manifest
        self.launcher = launcher
        self.keepManifest = keepManifest
    }
}
