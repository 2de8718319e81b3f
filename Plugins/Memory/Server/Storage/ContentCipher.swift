import Crypto
import FoundationEssentials

/// How the contents of memories lie in the database: as they are, or sealed with AES-GCM under the operator's key.
///
/// Keys of memories, times and sizes stay readable: the database is searched by them. A sealed text is bound to the memory
/// it belongs to, so that rows cannot be exchanged.
struct ContentCipher: Sendable {
    private let key: SymmetricKey?

    /// Leaves everything as it is.
    static let none = ContentCipher(key: nil)

    private init(key: SymmetricKey?) { self.key = key }

    /// Seals with 32 bytes that the operator keeps.
    ///
    /// Nil unless the text is 64 hexadecimal digits or the base64 of 32 bytes.
    init?(secret: String) {
        let text = secret.filter { !$0.isWhitespace }
        if text.utf8.count == 64, let bytes = Self.hexadecimal(text) {
            self.init(key: SymmetricKey(data: bytes))
        } else if let data = Data(base64Encoded: text), data.count == 32 {
            self.init(key: SymmetricKey(data: data))
        } else {
            return nil
        }
    }

    /// True when contents are sealed.
    var isSealing: Bool { key != nil }

    func seal(_ bytes: some Collection<UInt8>, for owner: String) throws -> Data {
        guard let key else { return Data(bytes) }
        let box = try AES.GCM.seal(Data(bytes), using: key, authenticating: Data(owner.utf8))
        guard let combined = box.combined else { throw StorageError.wrongKey }
        return combined
    }

    /// - Throws: ``StorageError/wrongKey`` when the bytes were sealed with another key, or for another owner.
    func open(_ data: Data, for owner: String) throws -> [UInt8] {
        guard let key else { return Array(data) }
        do {
            let box = try AES.GCM.SealedBox(combined: data)
            return Array(try AES.GCM.open(box, using: key, authenticating: Data(owner.utf8)))
        } catch {
            throw StorageError.wrongKey
        }
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
