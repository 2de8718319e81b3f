import Crypto
import RoostJSON

/// What the next start of a plugin launches: its specification, the verified image, and how it is brought to life.
///
/// A reload makes a new edition beside the one in use. It never changes, so whoever holds one knows what runs.
final class PluginEdition: Sendable {
    let specification: PluginSpecification
    /// Keeps the copy of the library that is launched.
    let hold: ImageHold
    /// The library that the plugin opens by itself, as it was then; nil when there is none.
    let opened: OpenedLibrary?
    /// What stood beside the library; nothing was looked at when neither trust nor a lock asks.
    let standing: SignatureStanding?
    /// SHA-256 of everything the host gives a plugin that its answers may depend on: the image, what it opens, its settings
    /// and the environment it may read.
    let fingerprint: [UInt8]
    let launcher: any BackendLauncher
    private let manifests: ManifestCache
    private let key: ManifestCache.Key

    init(
        _ specification: PluginSpecification,
        hold: ImageHold,
        opened: OpenedLibrary?,
        standing: SignatureStanding?,
        launcher: any BackendLauncher,
        manifests: ManifestCache,
        key: ManifestCache.Key
    ) {
        self.specification = specification
        self.hold = hold
        self.opened = opened
        self.standing = standing
        self.launcher = launcher
        self.manifests = manifests
        self.key = key
        fingerprint = Self.fingerprint(of: specification, image: hold.image, opened)
    }

    /// The copy of the library that is launched.
    var image: ImageStore.Image { hold.image }

    private static func fingerprint(
        of specification: PluginSpecification,
        image: ImageStore.Image,
        _ opened: OpenedLibrary?
    ) -> [UInt8] {
        var hash = SHA256()
        let environment = specification.environment.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        for part in [image.digest] + environment + (opened.map { [$0.digest] } ?? []) {
            hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
        }
        hash.update(data: JSONValue.object(specification.config).bytes)
        return Array(hash.finalize())
    }

    /// The same image and process under other limits.
    func adjusted(to specification: PluginSpecification, _ standing: SignatureStanding?) -> PluginEdition {
        PluginEdition(
            specification,
            hold: hold,
            opened: opened,
            standing: standing,
            launcher: launcher,
            manifests: manifests,
            key: key
        )
    }

    /// The manifest that was kept for this image and configuration; nil when there is none.
    var keptManifest: [UInt8]? { manifests.manifest(for: key) }

    /// Keeps a manifest for the next start of the host; false when that was not possible, which costs time, not answers.
    @discardableResult
    func keep(_ manifest: [UInt8]) -> Bool { manifests.keep(manifest, for: key) }
}
