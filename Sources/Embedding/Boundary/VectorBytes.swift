/// Vectors as the database keeps them: little-endian floats behind each other.
package enum VectorBytes {
    /// The bytes of a vector.
    package static func encode(_ vector: [Float]) -> [UInt8] {
        #if _endian(little)
        // Invariant: the bytes of an array of floats are read while the array lives.
        return vector.withUnsafeBytes { Array($0) }
        #else
        return vector.flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        #endif
    }

    /// The vector; nil unless the bytes are `dimensions` finite floats.
    package static func decode(_ bytes: some Collection<UInt8>, dimensions: Int) -> [Float]? {
        guard bytes.count == dimensions * 4 else { return nil }
        var vector = [Float](repeating: 0, count: dimensions)
        // Invariant: both sides have dimensions * 4 bytes, and a float of any bits may be stored.
        vector.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
        #if _endian(big)
        vector = vector.map { Float(bitPattern: $0.bitPattern.byteSwapped) }
        #endif
        // The sum is not finite when one of them is not; one pass without branches.
        return vector.reduce(0, { $0 + $1 * 0 }) == 0 ? vector : nil
    }
}
