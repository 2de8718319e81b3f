import MCP
import NIOHTTP1

/// A whole request: what the head said and every byte of the body.
struct HTTPRequest: Sendable {
    var head: HTTPRequestHead
    var body: [UInt8]

    /// The value of a header that may come once, without blanks around it; of several lines the first.
    func header(_ name: String) -> String? {
        head.headers.first(name: name).map { HeaderMirror.trimmed($0) }
    }

    /// True when the body is declared as JSON.
    var isJSON: Bool {
        guard let type = header("content-type")?.lowercased() else { return false }
        let media = HeaderMirror.trimmed(String(type.prefix { $0 != ";" }))
        return media == "application/json" || (media.hasPrefix("application/") && media.hasSuffix("+json"))
    }

    /// True when the client reads this media type; a missing Accept reads everything (RFC 9110, section 12.5.1).
    func accepts(_ type: String, _ subtype: String) -> Bool {
        let values = head.headers[canonicalForm: "accept"]
        guard !values.isEmpty else { return true }
        return values.contains { value in
            let media = HeaderMirror.trimmed(String(value.prefix { $0 != ";" }).lowercased())
            return media == "\(type)/\(subtype)" || media == "\(type)/*" || media == "*/*"
        }
    }
}
