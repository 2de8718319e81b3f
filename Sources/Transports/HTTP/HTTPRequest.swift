import Gateway
import MCP
import NIOHTTP1

/// A whole request: what the head said and every byte of the body.
struct HTTPRequest: Sendable {
    let head: HTTPRequestHead
    let body: [UInt8]
    /// True when it came over no connection: then nobody on its way reads headers, and they need not repeat the body.
    let isLocal: Bool
    private let fields: HTTPFields

    init(head: HTTPRequestHead, fields: HTTPFields, body: [UInt8], isLocal: Bool = false) {
        self.head = head
        self.fields = fields
        self.body = body
        self.isLocal = isLocal
    }

    /// How an exchange that began with this request came.
    var transport: Exchange.Transport { isLocal ? .job : .http }

    /// Bytes the headers take on the wire.
    var headerSize: Int { fields.size }

    /// The value of a header without blanks around it; of several lines the first.
    subscript(header: HTTPFields.Known) -> String? { fields[header].map { HeaderMirror.trimmed($0) } }

    /// True for a header that came more than once.
    func isRepeated(_ header: HTTPFields.Known) -> Bool { fields.isRepeated(header) }

    /// Every value of a header, as it came.
    func values(of header: HTTPFields.Known) -> [String] { fields.values(of: header) }

    /// Every value of any header, as it came.
    package func values(of header: String) -> [String] {
        HTTPFields.Known(header: header).map { values(of: $0) } ?? head.headers[header]
    }

    /// True when the body is declared as JSON.
    var isJSON: Bool {
        guard let type = fields[.contentType] else { return false }
        if type == "application/json" { return true }
        let media = HeaderMirror.trimmed(String(type.lowercased().prefix { $0 != ";" }))
        return media == "application/json" || (media.hasPrefix("application/") && media.hasSuffix("+json"))
    }

    /// What Accept says, read once; a missing header reads everything (RFC 9110, section 12.5.1).
    var accepted: AcceptedMedia { AcceptedMedia(values(of: .accept)) }
}
