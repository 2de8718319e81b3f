/// What host.yaml asks of a library before any of its code runs.
package struct PluginTrust: Sendable, Hashable {
    /// A key and the name that host.yaml gives it.
    package struct NamedKey: Sendable, Hashable {
        package var name: String
        package var key: SignerKey

        package init(name: String, key: SignerKey) {
            self.name = name
            self.key = key
        }
    }

    /// The SHA-256 the library must have, in hexadecimal; nil: any.
    package var digest: String?
    /// The names of the keys of which one must have signed; nil: no signature is asked for.
    package var signers: [String]?
    /// Every key of host.yaml, so that a key that is known is told from a stranger's.
    package var keys: [NamedKey]

    /// Asks for nothing.
    package init() {
        keys = []
    }

    /// Why a library is not trusted, as the rest of a sentence after its name; nil when it is.
    package func refusal(of evidence: LibraryEvidence) -> String? {
        refusal(of: evidence.digest, evidence.standing)
    }

    /// True when a signature is asked for.
    var needsSignature: Bool { signers != nil }

    /// Why a library is not trusted, as the rest of a sentence after its name; nil when it is.
    func refusal(of digest: String, _ standing: SignatureStanding) -> String? {
        if let pinned = self.digest, pinned != digest {
            return """
                is not the one host.yaml names: expected sha256:\(pinned), found sha256:\(digest). Bring the library back, or \
                write the new digest when the change is meant
                """
        }
        guard let signers else { return nil }
        let wanted = "one signed by \(signers.joined(separator: " or "))"
        switch standing {
        case .valid(let signature, let name):
            guard let name else {
                return """
                    is signed by a key that host.yaml does not know: expected \(wanted), found key \(signature.keyID). If you \
                    trust it, add it to trust.keys
                    """
            }
            guard !signers.contains(name) else { return nil }
            return """
                is signed by the wrong key: expected \(wanted), found \(name) (\(signature.keyID)). Have it signed by the right \
                one, or add \(name) to signed_by
                """
        case .absent(let path):
            return """
                is not signed: expected \(wanted), found no \(path). Sign it with roost plugin sign, or get the signature from \
                its author
                """
        case .refused(let reason):
            return "is not trusted: expected \(wanted), found \(reason)"
        }
    }
}
