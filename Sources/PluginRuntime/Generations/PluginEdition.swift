import Crypto
import RoostJSON

/// What the next start of a plugin launches: its specification, the verified image, and how it is brought to life.
///
/// A reload makes a new edition beside the one in use. It never changes, so whoever holds one knows what runs.
final class PluginEdition: Sendable {
    let specification: PluginSpecification
    let image: ImageStore.Image
    /// What the image served when the edition was made; a plugin that runs may have changed it since.
    let manifest: PluginManifest
    /// SHA-256 of everything the host gives a plugin that its answers may depend on: the image, its id and version, its
    /// settings and the environment it may read.
    let fingerprint: [UInt8]
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
        fingerprint = Self.fingerprint(of: specification, image: image, manifest: manifest)
    }

    private static func fingerprint(
        of specification: PluginSpecification,
        image: ImageStore.Image,
        manifest: PluginManifest
    ) -> [UInt8] {
        var hash = SHA256()
        let environment = specification.environment.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        for part in [image.digest, manifest.id, manifest.version] + environment {
            hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
        }
        hash.update(data: JSONValue.object(specification.config).bytes)
        return Array(hash.finalize())
    }
}
