/// 16 MB of zeros as gzip, built by hand, so that the file need not be kept.
///
/// A block of deflate with fixed codes: one literal zero, then "258 bytes from one byte back" as often as wanted.
enum GzipBomb {
    private static let repeats = 64_000
    static let size = 1 + repeats * 258

    static let bytes: [UInt8] = {
        var bits = Bits()
        bits.add(0b011, 3)
        // The literal 0 is the code 00110000, the length 258 the symbol 285 = 11000101, the distance 1 the code 00000.
        bits.addCode(0b0011_0000, 8)
        for _ in 0..<repeats {
            bits.addCode(0b1100_0101, 8)
            bits.addCode(0, 5)
        }
        bits.addCode(0, 7)
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        return head + bits.bytes + littleEndian(checksum) + littleEndian(UInt32(size))
    }()

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }

    /// CRC-32 of so many zeros.
    private static var checksum: UInt32 {
        var table: [UInt32] = []
        for index: UInt32 in 0..<256 {
            var entry = index
            for _ in 0..<8 {
                let isOdd = entry & 1 == 1
                entry >>= 1
                if isOdd { entry ^= 0xEDB8_8320 }
            }
            table.append(entry)
        }
        var value = UInt32.max
        for _ in 0..<size { value = table[Int(value & 0xFF)] ^ (value >> 8) }
        return ~value
    }

    private struct Bits {
        var bytes: [UInt8] = []
        private var count = 0

        mutating func add(_ value: UInt32, _ width: Int) {
            for index in 0..<width {
                if count % 8 == 0 { bytes.append(0) }
                if value >> UInt32(index) & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(count % 8) }
                count += 1
            }
        }

        /// Huffman codes begin with their highest bit.
        mutating func addCode(_ code: UInt32, _ width: Int) {
            for index in (0..<width).reversed() { add(code >> UInt32(index) & 1, 1) }
        }
    }
}
