import NIOHTTP1

/// The headers that nearly every request is asked for, found in one pass: looking each up costs more than the work.
struct HTTPFields: Sendable {
    /// Bytes the headers take on the wire.
    let size: Int
    private let known: [String?]
    /// The same headers when they came more than once.
    private let repeated: [Known: [String]]

    /// Headers with a meaning here.
    enum Known: Int, CaseIterable {
        case origin, host, accept, expect, contentType, contentLength, protocolVersion, method, name,
            sessionID
        case lastEventID, authorization, apiKey, roostAuthorization, traceparent, tracestate

        private static let names = [
            "origin", "host", "accept", "expect", "content-type", "content-length", "mcp-protocol-version",
            "mcp-method", "mcp-name", "mcp-session-id", "last-event-id", "authorization",
            "x-api-key", "x-roost-authorization", "traceparent", "tracestate",
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

    init(_ headers: HTTPHeaders) {
        var size = 0
        var known = [String?](repeating: nil, count: Known.allCases.count)
        var repeated: [Known: [String]] = [:]
        for (name, value) in headers {
            size += name.utf8.count + value.utf8.count + 4
            guard let key = Known(header: name) else { continue }
            if let first = known[key.rawValue] {
                repeated[key, default: [first]].append(value)
            } else {
                known[key.rawValue] = value
            }
        }
        self.size = size
        self.known = known
        self.repeated = repeated
    }

    /// The value of a header as it came; of several lines the first.
    subscript(header: Known) -> String? { known[header.rawValue] }

    /// True for a header that came more than once.
    func isRepeated(_ header: Known) -> Bool { !repeated.isEmpty && repeated[header] != nil }

    /// Every value of a header, as it came.
    func values(of header: Known) -> [String] {
        if !repeated.isEmpty, let values = repeated[header] { return values }
        return known[header.rawValue].map { [$0] } ?? []
    }
}
