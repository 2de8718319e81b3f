/// The text form of server-sent events (HTML standard, section 9.2), one message on one data line.
enum ServerSentEvent {
    /// A message; with an id where the stream can be resumed.
    static func message(_ json: [UInt8], id: String? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.count + 48)
        if let id { bytes.append(contentsOf: "id: \(id)\n".utf8) }
        bytes.append(contentsOf: "event: message\ndata: ".utf8)
        bytes.append(contentsOf: json)
        bytes.append(contentsOf: "\n\n".utf8)
        return bytes
    }

    /// The data of one event in its text form; nil when it carries none.
    static func data(in text: [UInt8]) -> [UInt8]? {
        var data: [UInt8]?
        for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: "data:".utf8) {
            let value = line.dropFirst(line.dropFirst(5).first == UInt8(ascii: " ") ? 6 : 5)
            data = data.map { $0 + [UInt8(ascii: "\n")] + value } ?? Array(value)
        }
        return data?.isEmpty == true ? nil : data
    }

    /// An event without data that gives the client an id to resume from before anything was said (SEP-1699).
    static func opening(id: String) -> [UInt8] { Array("id: \(id)\ndata: \n\n".utf8) }

    /// How long the client waits before it comes back.
    static func retry(_ delay: Duration) -> [UInt8] {
        let (seconds, attoseconds) = delay.components
        return Array("retry: \(seconds * 1000 + attoseconds / 1_000_000_000_000_000)\ndata: \n\n".utf8)
    }

    /// A comment: nothing for the client, a sign of life for what stands between.
    static let keepAlive = Array(": keep-alive\n\n".utf8)
}
