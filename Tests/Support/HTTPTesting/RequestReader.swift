/// Cuts the bytes of a connection into requests; each byte is looked at once, because bodies are large.
struct RequestReader {
    private enum Stage {
        case head
        case sized(ScriptedServer.Request, missing: Int)
        /// Waiting for the line that says how long the next chunk is.
        case chunk(ScriptedServer.Request)
        case inChunk(ScriptedServer.Request, missing: Int)
    }

    private var buffer: [UInt8] = []
    private var place = 0
    private var stage = Stage.head

    mutating func append(_ bytes: some Collection<UInt8>) {
        if place > 0 {
            buffer.removeFirst(place)
            place = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole request; nil while a part of it is missing.
    mutating func next() -> ScriptedServer.Request? {
        while true {
            switch stage {
            case .head:
                guard let head = line(ending: "\r\n\r\n") else { return nil }
                let request = ScriptedServer.Request(
                    line: head.components(before: "\r\n"),
                    head: head,
                    body: []
                )
                if let length = request["Content-Length"].flatMap({ Int($0) }), length > 0 {
                    stage = .sized(request, missing: length)
                } else if request["Transfer-Encoding"] == "chunked" {
                    stage = .chunk(request)
                } else {
                    return request
                }
            case .sized(var request, let missing):
                let piece = buffer[place...].prefix(missing)
                request.body += piece
                place += piece.count
                stage = .sized(request, missing: missing - piece.count)
                guard piece.count == missing else { return nil }
                stage = .head
                return request
            case .chunk(let request):
                guard let text = line(ending: "\r\n") else { return nil }
                let size = Int(text, radix: 16) ?? 0
                stage = .inChunk(request, missing: size + 2)
                guard size == 0 else { continue }
                guard line(ending: "\r\n") != nil else { return nil }
                stage = .head
                return request
            case .inChunk(var request, let missing):
                let piece = buffer[place...].prefix(missing)
                request.body += piece
                place += piece.count
                stage = .inChunk(request, missing: missing - piece.count)
                guard piece.count == missing else { return nil }
                // The line end after a chunk is none of the body.
                request.body.removeLast(2)
                stage = .chunk(request)
            }
        }
    }

    /// The text before an ending, both taken; nil while the ending is not there.
    private mutating func line(ending: String) -> String? {
        let end = Array(ending.utf8)
        var start = place
        while let index = buffer[start...].firstIndex(of: end[0]) {
            guard buffer.count - index >= end.count else { return nil }
            if buffer[index..<(index + end.count)].elementsEqual(end) {
                defer { place = index + end.count }
                return String(decoding: buffer[place..<index], as: UTF8.self)
            }
            start = index + 1
        }
        return nil
    }
}

extension String {
    fileprivate func components(before end: String) -> String {
        var text = ""
        for character in self {
            if String(character) == end { return text }
            text.append(character)
        }
        return text
    }
}
