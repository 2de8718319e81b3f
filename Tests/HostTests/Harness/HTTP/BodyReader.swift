/// Where a body ends, and what of it is still to come.
enum BodyReader {
    case none
    case counted(left: Int)
    case chunked(ChunkedDecoder)
    case untilEnd

    init(of head: HTTPHead, method: String) {
        if method == "HEAD" || head.status == 204 || head.status == 304 {
            self = .none
        } else if head["Transfer-Encoding"]?.lowercased() == "chunked" {
            self = .chunked(ChunkedDecoder())
        } else if let length = head["Content-Length"].flatMap({ Int($0) }) {
            self = .counted(left: length)
        } else {
            self = .untilEnd
        }
    }

    var isComplete: Bool {
        switch self {
        case .none: true
        case .counted(let left): left == 0
        case .chunked(let decoder): decoder.isComplete
        case .untilEnd: false
        }
    }

    /// Takes what belongs to the body from the front of the buffer.
    mutating func take(from buffer: inout [UInt8]) throws -> [UInt8] {
        switch self {
        case .none: return []
        case .counted(let left):
            let piece = Array(buffer.prefix(left))
            buffer.removeFirst(piece.count)
            self = .counted(left: left - piece.count)
            return piece
        case .chunked(var decoder):
            let piece = try decoder.decode(buffer)
            buffer = decoder.isComplete ? decoder.rest : []
            self = .chunked(decoder)
            return piece
        case .untilEnd:
            defer { buffer = [] }
            return buffer
        }
    }
}
