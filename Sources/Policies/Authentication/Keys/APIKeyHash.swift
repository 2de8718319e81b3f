import Crypto
import MCP

/// What a host keeps of a key: HMAC-SHA256 of its text under a salt of its own.
///
/// Who reads it cannot make the key from it, and equal keys would not show. Its text is `hmac-sha256:<salt>:<code>`, both in
/// URL-safe Base64.
package struct APIKeyHash: Sendable, Hashable {
    private let salt: [UInt8]
    private let code: [UInt8]

    private static let name = "hmac-sha256"

    /// Hashes a key under a new salt.
    package init(of key: APIKey) {
        salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        code = Self.code(of: key.text, salt)
    }

    /// Reads the text of a hash; nil when it is none.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.name, let salt = Base64.decodeURLSafe(Array(parts[1].utf8)),
            let code = Base64.decodeURLSafe(Array(parts[2].utf8)), salt.count == 16, code.count == 32
        else { return nil }
        self.salt = salt
        self.code = code
    }

    /// Whether this is the hash of a key; takes the same time wherever the two differ.
    package func matches(_ key: APIKey) -> Bool { matches(key.text) }

    func matches(_ text: String) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            code,
            authenticating: Array(text.utf8),
            using: SymmetricKey(data: salt)
        )
    }

    private static func code(of text: String, _ salt: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: salt)))
    }
}

extension APIKeyHash: CustomStringConvertible {
    /// The text that is read as this hash.
    package var description: String {
        "\(Self.name):\(Base64.encodeURLSafe(salt)):\(Base64.encodeURLSafe(code))"
    }
}
