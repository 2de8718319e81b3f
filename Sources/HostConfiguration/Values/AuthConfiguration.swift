/// Who may call this host, and how it proves who it is.
package struct AuthConfiguration: Sendable, Hashable {
    /// Scopes of callers that show nothing this host could check, because a gateway in front has let them in.
    ///
    /// Default nil: nobody comes in that way. `auth: platform` gives them everything but administration.
    package var platform: [String]?
    /// Keys by their hashes, beside those `roost key` keeps in the data folder.
    ///
    /// Default none. The environment's ROOST_API_KEYS adds to them.
    package var keys: [AuthKeyConfiguration] = []
    /// Issuers of tokens.
    ///
    /// Default none.
    package var jwt: [AuthIssuerConfiguration] = []
    /// The address under which clients know this host, without a slash at the end.
    ///
    /// Default nil: then no metadata tells OAuth clients where to get a token.
    package var resource: String?
    /// Where OAuth clients get tokens.
    ///
    /// Default: the issuers whose keys have an address.
    package var authorizationServers: [String] = []

    package init() {}
}
