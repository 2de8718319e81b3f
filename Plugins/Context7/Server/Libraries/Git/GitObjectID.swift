/// The name of an object: 20 bytes, the SHA-1 of what it holds.
struct GitObjectID: Sendable, Hashable {
    static let size = 20

    let bytes: [UInt8]

    /// Nil unless there are twenty bytes.
    init?(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == Self.size else { return nil }
    }

    /// Nil unless the text is forty hexadecimal digits.
    init?(hex: some StringProtocol) {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == Self.size * 2, hex.utf8.count == digits.count else { return nil }
        bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension GitObjectID: CustomStringConvertible {
    /// Forty hexadecimal digits.
    var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
