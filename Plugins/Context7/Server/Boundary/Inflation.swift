import CZlib

/// Reads what zlib compressed.
enum Inflation {
    /// Why bytes cannot be read.
    enum Failure: Error { case damaged, tooLong, outOfMemory }

    private static let step = 32 << 10

    /// Everything up to the end of the compressed stream.
    ///
    /// - Parameters:
    ///   - limit: More bytes than this are a failure.
    ///   - next: Gives the next compressed bytes; none when there are no more.
    /// - Returns: What was compressed.
    /// - Throws: ``Failure``, and what `next` throws.
    static func inflate(limit: Int, next: () throws -> [UInt8]) throws -> [UInt8] {
        // Invariant: zlib's state points back at the stream, so it stands still on the heap until inflateEnd.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Failure.outOfMemory
        }
        defer { inflateEnd(stream) }
        var output: [UInt8] = []
        while true {
            var input = try next()
            guard !input.isEmpty else { throw Failure.damaged }
            if try run(stream, &input, into: &output, limit: limit) { return output }
        }
    }

    /// Takes some input; true at the end of the stream.
    private static func run(
        _ stream: UnsafeMutablePointer<z_stream>,
        _ input: inout [UInt8],
        into output: inout [UInt8],
        limit: Int
    ) throws(Failure) -> Bool {
        try input.withUnsafeMutableBufferPointer { input throws(Failure) in
            // Invariant: zlib reads at most avail_in bytes and writes at most avail_out, which are what is there; both buffers
            // outlive the calls below, and the next run sets both pointers anew.
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            while true {
                let before = output.count
                output.append(contentsOf: repeatElement(0, count: step))
                let status = output.withUnsafeMutableBufferPointer { output in
                    stream.pointee.next_out = output.baseAddress.map { $0 + before }
                    stream.pointee.avail_out = UInt32(step)
                    return CZlib.inflate(stream, Z_NO_FLUSH)
                }
                output.removeLast(Int(stream.pointee.avail_out))
                guard output.count <= limit else { throw .tooLong }
                switch status {
                case Z_STREAM_END: return true
                case Z_OK where stream.pointee.avail_out == 0: continue
                case Z_OK, Z_BUF_ERROR: return false
                case Z_MEM_ERROR: throw .outOfMemory
                default: throw .damaged
                }
            }
        }
    }
}
