import RoostKit

/// What the service is asked, as upstream's own server asks it: the published API, and header fields that say who asks.
struct ServiceRequests: Sendable {
    /// Where the service answers, without a slash at the end.
    let base: String
    /// The plugin's version.
    let version: String
    /// Names this process, at random.
    let session: String

    /// The service takes queries and names of at most this many characters.
    static let longest = 500

    /// The search for libraries.
    func libraries(named name: String, for query: String, _ client: ClientInfo?) -> HTTPRequest {
        let fields = [("query", Self.clipped(query)), ("libraryName", Self.clipped(name))]
        return request("/v2/libs/search", fields, client)
    }

    /// The question for a library's documentation.
    func documentation(of library: LibraryID, for query: String, _ client: ClientInfo?) -> HTTPRequest {
        let fields = [("query", Self.clipped(query)), ("libraryId", Self.clipped("\(library)"))]
        return request("/v2/context", fields, client)
    }

    private func request(_ path: String, _ fields: [(String, String)], _ client: ClientInfo?) -> HTTPRequest {
        var request = HTTPRequest("\(base)\(path)?\(FormEncoding.query(fields))")
        request.headers = [
            "X-Context7-Source": "mcp-server",
            "X-Context7-Server-Version": version,
            "X-Context7-Transport": "http",
            "mcp-session-id": session,
        ]
        if let client {
            let name = Self.oneLine(client.name)
            let version = Self.oneLine(client.version)
            if !name.isEmpty { request.headers["X-Context7-Client-IDE"] = name }
            if !version.isEmpty { request.headers["X-Context7-Client-Version"] = version }
        }
        request.timeout = .seconds(60)
        // Seen at once: how long to wait is decided here, where an older answer may do instead.
        request.repetition = .never
        return request
    }

    private static func clipped(_ text: String) -> String { String(text.prefix(longest)) }

    /// What a client says of itself, as far as a header field can hold it.
    private static func oneLine(_ text: String) -> String {
        String(decoding: text.utf8.filter { (0x20..<0x7F).contains($0) }.prefix(100), as: UTF8.self).trimmed
    }
}
