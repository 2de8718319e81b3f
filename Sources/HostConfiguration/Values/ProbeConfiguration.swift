/// Where load balancers ask whether the host can serve.
package struct ProbeConfiguration: Sendable, Equatable {
    /// A path that answers as /ping does, beside it.
    ///
    /// Default /ping. The environment's HEALTH_CHECK_PATH sets it.
    package var path = "/ping"
    /// A port of its own for /ping and /health; nil: the host's.
    ///
    /// The environment's PORT_HEALTH sets it; the same number as the host's port means nil.
    package var port: Int?

    init() {}

    /// A path of its own must not hide an address that means something else.
    static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3F && $0 != 0x23 }
            && !["/mcp", "/metrics", "/health", "/run", "/runsync"].contains(text) && !text.hasPrefix("/mcp/")
    }
}
