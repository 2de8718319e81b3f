import Gateway

/// What an address means.
enum HTTPRoute: Equatable {
    /// An MCP endpoint.
    case mcp(Endpoint)
    /// Whether the host is ready, for load balancers.
    case ping
    /// The same with detail.
    case health
    /// What the host counts.
    case metrics
    case unknown

    /// Reads the path of a request target; the query does not matter.
    ///
    /// `probe` means the same as /ping.
    init(_ target: String, probe: String = "/ping") {
        let path = target[..<(target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex)]
        if path == probe {
            self = .ping
            return
        }
        switch path {
        case "/mcp", "/mcp/", "/api/mcp": self = .mcp(.all)
        case "/ping": self = .ping
        case "/health": self = .health
        case "/metrics": self = .metrics
        default:
            for prefix in ["/mcp/", "/api/mcp/"] where path.hasPrefix(prefix) {
                let alias = path.dropFirst(prefix.count)
                if !alias.isEmpty, !alias.utf8.contains(UInt8(ascii: "/")) {
                    self = .mcp(.plugin(String(alias)))
                    return
                }
            }
            self = .unknown
        }
    }

    /// The methods the address answers, for Allow.
    var methods: String {
        switch self {
        case .mcp: "POST, GET, DELETE, OPTIONS"
        case .ping, .health, .metrics: "GET, HEAD, OPTIONS"
        case .unknown: ""
        }
    }
}
