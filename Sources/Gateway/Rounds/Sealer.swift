import Crypto
import MCP

/// Seals text that clients carry for the host and must neither read nor change.
///
/// AES-256-GCM; the text is URL-safe Base64 of key name, nonce, ciphertext and tag. The purpose is authenticated, so that
/// text sealed for one use never opens for another.
package struct Sealer: Sendable {
    /// What sealed text is for.
    package enum Purpose: String, Sendable { case requestState, session }

    private let ring: KeyRing

    package init(_ ring: KeyRing) { self.ring = ring }

    /// Seals bytes with the first key of the ring; nil only when the ring is empty.
    package func seal(_ bytes: [UInt8], for purpose: Purpose) -> String? {
        guard let entry = ring.entries.first,
            let box = try? AES.GCM.seal(
                bytes,
                using: entry.key,
                authenticating: Array(purpose.rawValue.utf8)
            ),
            let combined = box.combined
        else { return nil }
        return Base64.encodeURLSafe(entry.name + Array(combined))
    }

    /// Opens what any worker with one of the keys sealed for the same purpose; nil for everything else.
    package func open(_ text: String, for purpose: Purpose) -> [UInt8]? {
        guard text.utf8.count < 1 << 16, let bytes = Base64.decodeURLSafe(Array(text.utf8)), bytes.count > 32
        else { return nil }
        for entry in ring.entries where bytes.starts(with: entry.name) {
            guard let box = try? AES.GCM.SealedBox(combined: bytes.dropFirst(entry.name.count)),
                let opened = try? AES.GCM.open(
                    box,
                    using: entry.key,
                    authenticating: Array(purpose.rawValue.utf8)
                )
            else { continue }
            return Array(opened)
        }
        return nil
    }
}
