import Crypto
import Synchronization

/// What can be told of a library without running any of it.
package struct LibraryEvidence: Sendable {
    /// SHA-256 of the file, in hexadecimal.
    package var digest: String
    /// In bytes.
    package var size: Int
    package var standing: SignatureStanding

    /// Looks at a library and the signature beside it.
    ///
    /// `keys`: those of host.yaml. Blocks for as long as the disk does.
    package init(_ library: String, keys: [PluginTrust.NamedKey]) throws(Files.Fault) {
        let bytes = try Files.read(library)
        digest = SHA256.hash(data: bytes).hexadecimal
        size = bytes.count
        standing = .of(library, digest: digest, keys: keys)
    }
}

extension PluginHandle {
    /// What a lock would say of the plugin as it is now.
    package var pin: PluginPin {
        let (edition, manifest) = state.withLock { ($0.edition, $0.manifest) }
        return PluginPin(edition, manifest)
    }
}
