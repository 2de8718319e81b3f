package import MCP
package import RoostJSON

/// Who sent a request, and what it said it can do.
package struct Client: Sendable {
    package var version: ProtocolVersion
    package var capabilities: ClientCapabilities
    /// The Implementation object as the client wrote it.
    ///
    /// Untrusted.
    package var info: JSONView?
    /// The authenticated caller; nil while the endpoint has no authentication.
    package var principal: String?
    /// The session of a legacy client; nil for modern clients and for legacy ones that came without.
    package var session: Session?
    /// The least severe level of log lines this request wants; nil: none.
    package var logLevel: String?

    package init(
        version: ProtocolVersion,
        capabilities: ClientCapabilities,
        info: JSONView? = nil,
        principal: String? = nil,
        session: Session? = nil,
        logLevel: String? = nil
    ) {
        self.version = version
        self.capabilities = capabilities
        self.info = info
        self.principal = principal
        self.session = session
        self.logLevel = logLevel
    }
}
