/// Bytes of a file that nobody vouches for: every place is checked before it is read.
struct ByteTable: Sendable {
    let bytes: [UInt8]

    /// Why something could not be read, as the rest of a sentence after the file's name.
    struct Fault: Error, Hashable {
        var clause: String
    }

    var count: Int { bytes.count }

    /// A little-endian number at a place.
    func integer<Number: FixedWidthInteger & UnsignedInteger>(
        _ place: UInt64,
        _ type: Number.Type = Number.self
    ) throws(Fault) -> Number {
        let size = Number.bitWidth / 8
        guard let start = Int(exactly: place), start <= bytes.count - size else {
            throw Fault(clause: "speaks of byte \(place) of a file of \(bytes.count) bytes")
        }
        var number: Number = 0
        for index in 0..<size { number |= Number(truncatingIfNeeded: bytes[start + index]) << (8 * index) }
        return number
    }

    /// A text that ends with a zero, at a place.
    ///
    /// One without an end within 64 KiB is a fault.
    func text(_ place: UInt64) throws(Fault) -> String {
        guard let start = Int(exactly: place), start < bytes.count else {
            throw Fault(clause: "has a name at byte \(place) of a file of \(bytes.count) bytes")
        }
        let limit = min(bytes.count, start + Self.longestText)
        guard let end = bytes[start..<limit].firstIndex(of: 0) else {
            throw Fault(clause: "has a name at byte \(place) that does not end")
        }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private static let longestText = 64 << 10

    /// The sum of two places, which a mangled file may carry past every number.
    static func sum(_ place: UInt64, _ distance: UInt64) throws(Fault) -> UInt64 {
        let (sum, overflows) = place.addingReportingOverflow(distance)
        guard !overflows else { throw Fault(clause: "has a table at byte \(place) + \(distance)") }
        return sum
    }
}
