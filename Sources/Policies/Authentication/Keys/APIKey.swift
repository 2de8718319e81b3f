import Crypto
import Gateway

/// A key as its owner holds it: `roost_`, eight letters of id, `_`, 43 of secret, six of checksum.
///
/// The prefix lets people and scanners recognize a key that leaked; the checksum tells a mistyped key from an unknown one
/// without a look at any record. The secret is 32 random bytes, so it is stored under a fast hash: a slow one protects secrets
/// that can be guessed, and makes every request pay for that.
package struct APIKey: Sendable, Hashable {
    /// Names the key in lists, logs and records; no secret.
    package let id: String
    /// The whole text.
    package let text: String

    private static let idLength = 8
    private static let secretLength = 43
    private static let checksumLength = 6

    /// Makes a key nobody had before.
    package static func random() -> APIKey {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let idBytes = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let id = Base62.text(of: idBytes.prefix(6), length: idLength)
        let body = "\(Credential.keyPrefix)\(id)_\(Base62.text(of: bytes[...], length: secretLength))"
        return APIKey(id: id, text: body + checksum(of: body))
    }

    /// Reads a key; nil when it has not the form of one or its checksum is wrong.
    package init?(_ text: String) {
        let prefix = Credential.keyPrefix.utf8.count
        let bytes = Array(text.utf8)
        guard bytes.count == prefix + Self.idLength + 1 + Self.secretLength + Self.checksumLength,
            text.hasPrefix(Credential.keyPrefix), bytes[prefix + Self.idLength] == UInt8(ascii: "_")
        else { return nil }
        let rest = bytes[prefix...].enumerated().filter { $0.offset != Self.idLength }.map(\.element)
        guard rest.allSatisfy(Base62.contains) else { return nil }
        let body = String(decoding: bytes.dropLast(Self.checksumLength), as: UTF8.self)
        guard Self.checksum(of: body) == String(decoding: bytes.suffix(Self.checksumLength), as: UTF8.self)
        else {
            return nil
        }
        self.init(id: String(decoding: bytes[prefix..<(prefix + Self.idLength)], as: UTF8.self), text: text)
    }

    /// The id in a text that has the length and the prefix of a key, whatever the rest of it is; nil for any other.
    static func id(in text: String) -> String? {
        let bytes = text.utf8
        let prefix = Credential.keyPrefix.utf8.count
        guard bytes.count == prefix + idLength + 1 + secretLength + checksumLength,
            text.hasPrefix(Credential.keyPrefix)
        else { return nil }
        let start = bytes.index(bytes.startIndex, offsetBy: prefix)
        return String(text[start..<bytes.index(start, offsetBy: idLength)])
    }

    private init(id: String, text: String) {
        self.id = id
        self.text = text
    }

    private static func checksum(of body: String) -> String {
        let sum = CRC32.sum(of: body.utf8)
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
        return Base62.text(of: bytes[...], length: checksumLength)
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// The id only.
    package var description: String { "the key \(id)" }
    package var debugDescription: String { description }
}
