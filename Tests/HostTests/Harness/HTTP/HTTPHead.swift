/// The status line and header fields of an answer.
struct HTTPHead: Sendable, CustomStringConvertible {
    let status: Int
    let fields: HTTPFields

    /// Reads a head without its closing blank line; throws when it is not HTTP/1.1.
    init(parsing text: String) throws {
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw MalformedAnswer(what: "a status line of HTTP/1.1", found: text)
        }
        self.status = status
        var fields: HTTPFields = [:]
        for line in lines.dropFirst() where !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw MalformedAnswer(what: "a header field", found: String(line)) }
            fields.append(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        self.fields = fields
    }

    subscript(name: String) -> String? { fields[name] }

    /// The media type without its parameters, in lower case.
    var contentType: String? {
        self["Content-Type"]?.split(separator: ";").first.map { String($0).lowercased() }
    }

    var description: String { "HTTP \(status)\n\(fields.text)" }
}
