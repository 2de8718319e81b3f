import Crypto

/// The private half of a key that plugins are signed with; a file of one line, `ed25519-secret:` and 64 hexadecimal digits.
package struct SecretSignerKey: Sendable {
    private static let prefix = "ed25519-secret:"

    private let key: Curve25519.Signing.PrivateKey

    /// A new key that nobody else has.
    package init() { key = Curve25519.Signing.PrivateKey() }

    /// Reads a key file; nil for any other text.
    package init?(file bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), text.hasPrefix(Self.prefix),
            let line = text.split(separator: "\n").first,
            let secret = Hexadecimal.bytes(line.dropFirst(Self.prefix.count), count: 32),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        else { return nil }
        self.key = key
    }

    /// What a key file holds.
    package var file: [UInt8] {
        let secret = Array(key.rawRepresentation)
        return Array("\(Self.prefix)\(Hexadecimal.text(secret))\n".utf8)
    }

    package var publicKey: SignerKey { SignerKey(key.publicKey) }

    func signature(of message: [UInt8]) -> [UInt8]? {
        (try? key.signature(for: message)).map { Array($0) }
    }
}
