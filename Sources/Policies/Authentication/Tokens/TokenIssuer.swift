/// Somebody whose tokens this host believes, and on what terms.
package struct TokenIssuer: Sendable {
    /// As the tokens name it (iss), letter by letter.
    package var name: String
    package var keys: KeySetSource
    /// Audiences that mean this host, beside its addresses.
    package var audiences: Set<String>
    /// Seconds by which the clocks of issuer and host may differ.
    package var leeway: Double
    /// What stands in front of this host's scopes in its tokens.
    package var scopePrefix: String
    /// Scopes that each of its tokens has, whatever it says.
    package var scopes: [String]

    package init(
        name: String,
        keys: KeySetSource,
        audiences: [String],
        leeway: Duration = .seconds(60),
        scopePrefix: String = "",
        scopes: [String] = []
    ) {
        self.name = name
        self.keys = keys
        self.audiences = Set(audiences.map(Self.withoutSlash))
        self.leeway = Double(leeway.components.seconds)
        self.scopePrefix = scopePrefix
        self.scopes = scopes
    }

    /// The scopes of a token in this host's words; those with another prefix mean nothing here.
    func grantedScopes(_ written: [String]) -> [String] {
        scopes
            + written.compactMap { $0.hasPrefix(scopePrefix) ? String($0.dropFirst(scopePrefix.count)) : nil }
    }

    static func withoutSlash(_ audience: String) -> String {
        audience.hasSuffix("/") ? String(audience.dropLast()) : audience
    }
}
