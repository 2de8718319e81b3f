/// Collects the lines of a response's head, interim responses left out.
struct ResponseHead {
    enum Step {
        case more
        case complete(status: Int, HeaderFields)
        case tooLong
    }

    /// Bytes of all heads of one exchange.
    static let longest = 256 << 10

    /// The body is decompressed: what speaks of its compressed form is left out.
    var isDecoded = false
    private var status = 0
    private var fields: HeaderFields = []
    private var size = 0
    private var isComplete = false

    /// Takes one line, its end included.
    mutating func add(_ line: UnsafeRawBufferPointer) -> Step {
        size += line.count
        guard size <= Self.longest else { return .tooLong }
        // Trailers after the body say nothing that anybody reads.
        guard !isComplete else { return .more }
        var text = Substring(decoding: line, as: UTF8.self).utf8
        while let last = text.last, last == 0x0D || last == 0x0A { text = text.dropLast() }
        if text.starts(with: "HTTP/".utf8) && fields.isEmpty {
            let code = text.drop { $0 != 0x20 }.dropFirst().prefix { $0 != 0x20 }
            status = Int(Substring(code)) ?? 0
            return .more
        }
        guard text.isEmpty else {
            if let colon = text.firstIndex(of: 0x3A) {
                let value = text[text.index(after: colon)...]
                fields.append((String(Substring(text[..<colon])), String(Substring(value).trimmed)))
            }
            return .more
        }
        // An interim response: the real one follows.
        if (100..<200).contains(status) {
            fields = []
            return .more
        }
        isComplete = true
        if isDecoded, fields.first("Content-Encoding") != nil {
            fields.remove("Content-Encoding")
            fields.remove("Content-Length")
        }
        return .complete(status: status, fields)
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
