import Crypto

/// What two calls must have in common to share an answer, as a SHA-256.
struct CacheKey: Sendable, Hashable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(_ digest: SHA256.Digest) { self.init(bytes: Array(digest)) }

    /// Takes 32 bytes; missing ones are zero.
    init(bytes: [UInt8]) {
        func word(_ index: Int) -> UInt64 {
            bytes.dropFirst(8 * index).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// The digest's 32 bytes.
    var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    /// The digest in lower-case hexadecimal, for names in a store.
    var text: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    static func == (first: CacheKey, second: CacheKey) -> Bool { first.words == second.words }

    /// A digest is as good as random: one word of it is hash enough.
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
