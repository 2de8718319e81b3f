/// Tells one file content from another: its length and its 128-bit FNV-1a hash.
///
/// Guards against reading the same file twice, not against an adversary: who can write the file needs no collision.
struct FileFingerprint: Sendable, Hashable, CustomStringConvertible {
    /// The form kept in the database.
    let description: String

    init(_ bytes: [UInt8]) {
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for byte in bytes {
            hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        let digits = String(hash, radix: 16)
        description = "\(bytes.count)-\(String(repeating: "0", count: 32 - digits.count))\(digits)"
    }
}
