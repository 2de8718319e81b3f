/// Takes the chunked coding off a body, however its bytes arrive.
struct ChunkedDecoder {
    private var pending: [UInt8] = []
    private var left = 0
    private var isInTrailer = false
    private(set) var isComplete = false

    /// The bytes after the end of the body.
    var rest: [UInt8] { pending }

    /// The payload that the new bytes complete.
    mutating func decode(_ bytes: some Collection<UInt8>) throws -> [UInt8] {
        pending += bytes
        var payload: [UInt8] = []
        while !isComplete {
            if left > 2 {
                let piece = pending.prefix(left - 2)
                payload += piece
                left -= piece.count
                pending.removeFirst(piece.count)
                if left > 2 { break }
            }
            if left > 0 {
                guard pending.count >= left else { break }
                pending.removeFirst(left)
                left = 0
            }
            guard let line = takeLine() else { break }
            if isInTrailer {
                isComplete = line.isEmpty
                continue
            }
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16) else {
                throw MalformedAnswer(what: "a chunk size in hexadecimal", found: line)
            }
            isInTrailer = size == 0
            left = size == 0 ? 0 : size + 2
        }
        return payload
    }

    private mutating func takeLine() -> String? {
        guard let end = pending.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return line.hasSuffix("\r") ? String(line.dropLast()) : line
    }
}
