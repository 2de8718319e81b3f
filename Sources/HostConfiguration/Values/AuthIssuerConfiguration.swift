/// An issuer of tokens.
package struct AuthIssuerConfiguration: Sendable, Hashable {
    /// Where its keys come from.
    package enum Keys: Sendable, Hashable {
        /// The secret it shares with this host.
        case secret(AuthSecret)
        /// The absolute path of a JWK set.
        case file(String)
        /// The address of a JWK set.
        case address(String)
    }

    /// As tokens name it.
    package var issuer: String
    package var keys: Keys
    /// Audiences that mean this host.
    ///
    /// Default none, which needs `resource`.
    package var audience: [String] = []
    /// By how much clocks may differ, up to ten minutes.
    ///
    /// Default one minute.
    package var leeway: Duration = .seconds(60)
    /// What stands in front of this host's scopes in its tokens.
    ///
    /// Default nothing.
    package var scopePrefix = ""
    /// Scopes every token of it has.
    ///
    /// Default none.
    package var scopes: [String] = []

    init(issuer: String, keys: Keys) {
        self.issuer = issuer
        self.keys = keys
    }
}
