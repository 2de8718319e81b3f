import Crypto

/// The public half of an Ed25519 key (RFC 8032) that plugins are signed with: `ed25519:` and 64 hexadecimal digits.
package struct SignerKey: Sendable, Hashable {
    private static let prefix = "ed25519:"

    private let bytes: [UInt8]
    /// Names the key in signatures: the first 16 hexadecimal digits of its SHA-256.
    package let id: String

    init(_ key: Curve25519.Signing.PublicKey) {
        bytes = Array(key.rawRepresentation)
        id = String(SHA256.hash(data: bytes).hexadecimal.prefix(16))
    }

    /// Reads a key as host.yaml and `.pub` files write it; nil for any other text.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix),
            let bytes = Hexadecimal.bytes(text.dropFirst(Self.prefix.count), count: 32),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.init(key)
    }

    /// True when the holder of the private half signed the message.
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

extension SignerKey: CustomStringConvertible {
    package var description: String { Self.prefix + Hexadecimal.text(bytes) }
}
