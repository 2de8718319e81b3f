/// Takes one frame apart, field by field.
struct FieldReader {
    private let bytes: ArraySlice<UInt8>
    private var offset: Int

    init(_ frame: ArraySlice<UInt8>) {
        bytes = frame
        offset = frame.startIndex
    }

    mutating func integer<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) throws(FrameError) -> Number {
        let size = MemoryLayout<Number>.size
        guard bytes.endIndex - offset >= size else { throw FrameError("a frame ends inside a number") }
        var number: Number = 0
        for index in 0..<size {
            number |= Number(truncatingIfNeeded: bytes[offset + index]) << Number(8 * index)
        }
        offset += size
        return number
    }

    mutating func double() throws(FrameError) -> Double { Double(bitPattern: try integer(UInt64.self)) }

    mutating func blob() throws(FrameError) -> [UInt8] { Array(try slice()) }

    mutating func text() throws(FrameError) -> String { String(decoding: try slice(), as: UTF8.self) }

    /// The elements of a list; a number that is too large ends with the frame, not with the memory.
    mutating func list<Element>(
        _ read: (inout FieldReader) throws(FrameError) -> Element
    ) throws(FrameError) -> [Element] {
        let count = try integer(UInt32.self)
        var list: [Element] = []
        for _ in 0..<count { list.append(try read(&self)) }
        return list
    }

    /// Checks that nothing is left over.
    func end() throws(FrameError) {
        guard offset == bytes.endIndex else {
            throw FrameError("a frame has \(bytes.endIndex - offset) bytes too many")
        }
    }

    private mutating func slice() throws(FrameError) -> ArraySlice<UInt8> {
        let count = Int(try integer(UInt32.self))
        guard bytes.endIndex - offset >= count else {
            throw FrameError(
                "a field of \(count) bytes stands in a frame that has \(bytes.endIndex - offset) left"
            )
        }
        defer { offset += count }
        return bytes[offset..<(offset + count)]
    }
}
