import Gateway
import RoostJSON

/// What OAuth clients are told about this host as a resource server (RFC 9728; MCP 2026-07-28, "Authorization").
///
/// Every MCP address is a resource of its own: its identifier is the address as clients write it.
package struct ProtectedResource: Sendable, Hashable {
    /// Scheme, host and perhaps a path, without a slash at the end: https://mcp.example.com.
    package var base: String
    /// The issuers of tokens; never empty.
    package var authorizationServers: [String]
    /// What stands in front of this host's scopes where the authorization server writes them.
    ///
    /// Default nothing.
    package var scopePrefix: String

    package init(base: String, authorizationServers: [String], scopePrefix: String = "") {
        self.base = base
        self.authorizationServers = authorizationServers
        self.scopePrefix = scopePrefix
    }

    /// Where clients find the metadata of every address of this host.
    static let wellKnown = "/.well-known/oauth-protected-resource"

    /// The address of the metadata for a path of this host, empty for the whole host.
    ///
    /// The well-known part stands between host and path (RFC 9728, section 3.1).
    func metadataURL(for path: String) -> String {
        let start = base.range(of: "://")?.upperBound ?? base.startIndex
        let split = base[start...].firstIndex(of: "/") ?? base.endIndex
        return base[..<split] + Self.wellKnown + base[split...] + path
    }

    /// The metadata document for a path of this host, with the scopes that mean something there.
    func document(for path: String, aliases: [String]) -> JSONValue {
        let scopes = aliases.flatMap { [$0, "\($0):read"] }.map { scopePrefix + $0 }
        return [
            "resource": .string(base + path),
            "authorization_servers": .array(authorizationServers.map { .string($0) }),
            "scopes_supported": .array(scopes.map { .string($0) }), "bearer_methods_supported": ["header"],
            "resource_name": "Roost",
        ]
    }
}

extension String {
    /// Where another text stands in this one for the first time.
    fileprivate func range(of other: String) -> Range<String.Index>? { firstRange(of: other) }
}
