import MCP
import NIOHTTP1

/// A whole request: what the head said and every byte of the body.
struct HTTPRequest: Sendable {
    let head: HTTPRequestHead
    let body: [UInt8]
    /// The headers that nearly every request is asked for, found in one pass: looking each up costs more than the work.
    private let known: [Known: String]
    /// The same headers when they came more than once.
    private let repeated: [Known: [String]]

    /// Headers with a meaning here.
    enum Known: String, CaseIterable {
        case origin, host, accept
        case contentType = "content-type"
        case protocolVersion = "mcp-protocol-version"
        case method = "mcp-method"
        case name = "mcp-name"
        case sessionID = "mcp-session-id"
        case lastEventID = "last-event-id"

        private static let byLength: [Int: [Known]] = Dictionary(grouping: allCases) { $0.rawValue.utf8.count }

        init?(header: String) {
            let text = header.utf8
            let match = Self.byLength[text.count]?.first { known in
                zip(text, known.rawValue.utf8).allSatisfy { given, wanted in
                    given == wanted || (given | 0x20) == wanted && (0x41...0x5A).contains(given)
                }
            }
            guard let match else { return nil }
            self = match
        }
    }

    init(head: HTTPRequestHead, body: [UInt8]) {
        self.head = head
        self.body = body
        var known: [Known: String] = [:]
        var repeated: [Known: [String]] = [:]
        for (name, value) in head.headers {
            guard let key = Known(header: name) else { continue }
            if let first = known[key] { repeated[key, default: [first]].append(value) } else { known[key] = value }
        }
        self.known = known
        self.repeated = repeated
    }

    /// The value of a header without blanks around it; of several lines the first.
    subscript(header: Known) -> String? { known[header].map { HeaderMirror.trimmed($0) } }

    /// Every value of a header, as it came.
    func values(of header: Known) -> [String] { repeated[header] ?? known[header].map { [$0] } ?? [] }

    /// Every value of any header, as it came.
    func values(of header: String) -> [String] { Known(header: header).map { values(of: $0) } ?? head.headers[header] }

    /// True when the body is declared as JSON.
    var isJSON: Bool {
        guard let type = known[.contentType] else { return false }
        if type == "application/json" { return true }
        let media = HeaderMirror.trimmed(String(type.lowercased().prefix { $0 != ";" }))
        return media == "application/json" || (media.hasPrefix("application/") && media.hasSuffix("+json"))
    }

    /// What Accept says, read once; a missing header reads everything (RFC 9110, section 12.5.1).
    var accepted: AcceptedMedia { AcceptedMedia(values(of: .accept)) }
}
