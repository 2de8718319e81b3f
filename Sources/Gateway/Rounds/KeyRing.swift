import Crypto

/// Keys that every worker of an endpoint shares: the first seals, all open, so that keys can be changed without a gap.
package struct KeyRing: Sendable {
    /// A key and the short name that sealed text carries.
    struct Entry: Sendable {
        var name: [UInt8]
        var key: SymmetricKey
    }

    let entries: [Entry]

    /// Derives one key per secret (HKDF-SHA256).
    ///
    /// Secrets need at least 32 bytes; the list must not be empty.
    package init(_ secrets: [[UInt8]]) {
        entries = secrets.map { secret in
            let key = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: secret),
                info: Array("roost state 1".utf8),
                outputByteCount: 32
            )
            let name = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: secret),
                info: Array("roost key name 1".utf8),
                outputByteCount: 4
            )
            return Entry(name: name.withUnsafeBytes { Array($0) }, key: key)
        }
    }

    /// A ring with one random key: what it seals cannot be opened by another worker or after a restart.
    package static func random() -> KeyRing {
        KeyRing([SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }])
    }
}
