import MCP
import NIOHTTP1

/// A whole request: what the head said and every byte of the body.
struct HTTPRequest: Sendable {
    let head: HTTPRequestHead
    let body: [UInt8]
    /// The headers that nearly every request is asked for, found in one pass: looking each up costs more than the work.
    private let known: [String?]
    /// The same headers when they came more than once.
    private let repeated: [Known: [String]]

    /// Headers with a meaning here.
    enum Known: Int, CaseIterable {
        case origin, host, accept, contentType, protocolVersion, method, name, sessionID, lastEventID

        private static let names = [
            "origin", "host", "accept", "content-type", "mcp-protocol-version", "mcp-method", "mcp-name",
            "mcp-session-id", "last-event-id",
        ].map { Array($0.utf8) }

        init?(header: String) {
            var header = header
            let place = header.withUTF8 { text in
                Self.names.firstIndex { name in
                    name.count == text.count
                        && name.indices.allSatisfy {
                            text[$0] == name[$0] || Self.lowercased(text[$0]) == name[$0]
                        }
                }
            }
            guard let place, let known = Known(rawValue: place) else { return nil }
            self = known
        }

        private static func lowercased(_ byte: UInt8) -> UInt8 {
            (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        }
    }

    init(head: HTTPRequestHead, body: [UInt8]) {
        self.head = head
        self.body = body
        var known = [String?](repeating: nil, count: Known.allCases.count)
        var repeated: [Known: [String]] = [:]
        for (name, value) in head.headers {
            guard let key = Known(header: name) else { continue }
            if let first = known[key.rawValue] {
                repeated[key, default: [first]].append(value)
            } else {
                known[key.rawValue] = value
            }
        }
        self.known = known
        self.repeated = repeated
    }

    /// The value of a header without blanks around it; of several lines the first.
    subscript(header: Known) -> String? { known[header.rawValue].map { HeaderMirror.trimmed($0) } }

    /// Every value of a header, as it came.
    func values(of header: Known) -> [String] {
        repeated.isEmpty ? single(header) : repeated[header] ?? single(header)
    }

    private func single(_ header: Known) -> [String] { known[header.rawValue].map { [$0] } ?? [] }

    /// Every value of any header, as it came.
    func values(of header: String) -> [String] {
        Known(header: header).map { values(of: $0) } ?? head.headers[header]
    }

    /// True when the body is declared as JSON.
    var isJSON: Bool {
        guard let type = known[Known.contentType.rawValue] else { return false }
        if type == "application/json" { return true }
        let media = HeaderMirror.trimmed(String(type.lowercased().prefix { $0 != ";" }))
        return media == "application/json" || (media.hasPrefix("application/") && media.hasSuffix("+json"))
    }

    /// What Accept says, read once; a missing header reads everything (RFC 9110, section 12.5.1).
    var accepted: AcceptedMedia { AcceptedMedia(values(of: .accept)) }
}
