/// Appends one frame to a buffer, field by field, little endian, with its length in front.
struct FieldWriter: ~Copyable {
    private(set) var bytes: [UInt8]
    private let start: Int

    /// Takes a buffer over; ``finish()`` gives it back.
    init(_ kind: UInt8, appendingTo buffer: consuming [UInt8]) {
        bytes = buffer
        start = bytes.count
        integer(UInt32(0))
        bytes.append(kind)
    }

    mutating func integer<Number: FixedWidthInteger>(_ number: Number) {
        var rest = number.littleEndian
        for _ in 0..<MemoryLayout<Number>.size {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func double(_ number: Double) { integer(number.bitPattern) }

    mutating func blob(_ blob: [UInt8]) {
        integer(UInt32(blob.count))
        bytes.append(contentsOf: blob)
    }

    mutating func text(_ text: String) {
        integer(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// The number of elements, and each of them.
    mutating func list<Element>(_ list: [Element], _ write: (Element, inout FieldWriter) -> Void) {
        integer(UInt32(list.count))
        for element in list { write(element, &self) }
    }

    consuming func finish() -> [UInt8] {
        let length = UInt32(bytes.count - start - FrameSplitter.lengthSize)
        for index in 0..<FrameSplitter.lengthSize {
            bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index)))
        }
        return bytes
    }
}
