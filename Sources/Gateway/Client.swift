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
    /// What the caller may do.
    ///
    /// Default everything that is served: a caller on this machine.
    package var grants: Grants
    /// The session of a legacy client; nil for modern clients and for legacy ones that came without.
    package var session: Session?
    /// The least severe level of log lines this request wants; nil: none.
    package var logLevel: String?

    package init(
        version: ProtocolVersion,
        capabilities: ClientCapabilities,
        info: JSONView? = nil,
        principal: String? = nil,
        grants: Grants = .everything,
        session: Session? = nil,
        logLevel: String? = nil
    ) {
        self.version = version
        self.capabilities = capabilities
        self.info = info
        self.principal = principal
        self.grants = grants
        self.session = session
        self.logLevel = logLevel
    }
}
