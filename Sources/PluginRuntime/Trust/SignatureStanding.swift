/// What a look at the signature beside a library showed.
package enum SignatureStanding: Sendable, Hashable {
    /// There is none at this path.
    case absent(path: String)
    /// It names this very content. With a name, that key of host.yaml made it; without one its key is unknown, and nothing of it
    /// is proven.
    case valid(PluginSignature, by: String?)
    /// There is one that is good for nothing: why and what to do, as the end of a sentence.
    case refused(String)

    /// What is proven; nil when nothing is.
    package var signature: PluginSignature? {
        if case .valid(let signature, .some) = self { signature } else { nil }
    }

    /// Looks at the signature of a library with this digest.
    ///
    /// `keys`: those of host.yaml. Blocks for as long as the disk does.
    package static func of(
        _ library: String,
        digest: String,
        keys: [PluginTrust.NamedKey]
    ) -> SignatureStanding {
        let path = PluginSignature.path(for: library)
        do throws(Files.Fault) {
            return judge(try Files.read(path, atMost: PluginSignature.longestFile), path, digest, keys)
        } catch {
            return error.isMissing
                ? .absent(path: path) : .refused("\(path), which could not be read: \(error.reason)")
        }
    }

    /// Judges the content of a signature's file.
    static func judge(
        _ file: [UInt8],
        _ path: String,
        _ digest: String,
        _ keys: [PluginTrust.NamedKey]
    ) -> SignatureStanding {
        guard let signature = PluginSignature(file: file) else {
            return .refused(
                "\(path), which is no signature that roost plugin sign wrote. Get it anew, or sign the library again"
            )
        }
        let named = keys.filter { $0.key.id == signature.keyID }
        // Whoever does not have the key could have written anything: say so before anything it claims.
        if !named.isEmpty, !named.contains(where: { signature.isMade(by: $0.key) }) {
            return .refused(
                """
                a bad signature: \(path) names the key \(named[0].name) (\(signature.keyID)), which did not sign what it says. \
                Somebody changed it; do not run this library before you know who
                """
            )
        }
        guard signature.digest == digest else {
            return .refused(
                """
                a signature of another file: \(path) is for sha256:\(signature.digest) (\(signature.plugin) \
                \(signature.version)), the library is sha256:\(digest). Put library and signature of one version side by side
                """
            )
        }
        return .valid(signature, by: named.first { signature.isMade(by: $0.key) }?.name)
    }
}
