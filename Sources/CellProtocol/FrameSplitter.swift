/// Cuts a stream of bytes into frames, however the bytes arrive.
///
/// ```
/// ┌────────────┬──────┬──────────────┐
/// │ length u32 │ kind │ fields …     │   length counts kind and fields
/// └────────────┴──────┴──────────────┘
/// ```
package struct FrameSplitter: Sendable {
    static let lengthSize = 4
    /// A longer frame is a mistake, or somebody who wants the other side's memory: 256 MiB.
    static let longest = 256 << 20

    private var bytes: [UInt8] = []
    private var head = 0

    package init() {}

    /// Takes bytes in.
    package mutating func append(_ chunk: some Sequence<UInt8>) {
        if head == bytes.count {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
            head = 0
        } else if head >= 1 << 16, head * 2 >= bytes.count {
            bytes.removeFirst(head)
            head = 0
        }
        bytes.append(contentsOf: chunk)
    }

    /// The next whole frame without its length, or nil when more bytes are needed.
    package mutating func next() throws(FrameError) -> ArraySlice<UInt8>? {
        guard bytes.count - head >= Self.lengthSize else { return nil }
        var length = 0
        for index in 0..<Self.lengthSize { length |= Int(bytes[head + index]) << (8 * index) }
        guard (1...Self.longest).contains(length) else {
            throw FrameError("a frame of \(length) bytes was announced; expected 1 to \(Self.longest)")
        }
        let start = head + Self.lengthSize
        guard bytes.count - start >= length else { return nil }
        head = start + length
        return bytes[start..<head]
    }
}
