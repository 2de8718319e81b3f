import Crypto

/// Manifests on disk, so that a host can list what a plugin serves without starting it.
///
/// ```
/// <data>/manifests/<sha256 of the image's digest and the configuration's>.json
/// ```
/// What a plugin serves may depend on its configuration, so both make the key. A file that cannot be read is as good as none.
struct ManifestCache: Sendable {
    /// Names one image with one configuration.
    struct Key: Sendable, Hashable {
        fileprivate var name: String

        init(imageDigest: String, config: [UInt8]) {
            let config = SHA256.hash(data: config).hexadecimal
            name = SHA256.hash(data: Array("\(imageDigest) \(config)".utf8)).hexadecimal
        }
    }

    private let directory: String

    /// - Parameter dataDirectory: The host's data directory; `manifests` is made in it.
    init(dataDirectory: String) { directory = dataDirectory + "/manifests" }

    /// The manifest kept under a key, or nil when there is none.
    func manifest(for key: Key) -> [UInt8]? { try? Files.read(path(of: key)) }

    /// Keeps a manifest.
    ///
    /// A cache that cannot be written costs time, not answers: false then.
    func keep(_ manifest: [UInt8], for key: Key) -> Bool {
        do {
            try Files.makeDirectory(directory)
            try Files.write(manifest, to: path(of: key))
            return true
        } catch { return false }
    }

    private func path(of key: Key) -> String { "\(directory)/\(key.name).json" }
}
