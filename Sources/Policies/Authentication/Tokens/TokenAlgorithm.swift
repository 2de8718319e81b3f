/// The signatures a token may carry (RFC 7518, section 3; RFC 8037).
///
/// There is no `none`, and a key has exactly one: so nobody can choose for a key how it is used.
package enum TokenAlgorithm: String, Sendable, Hashable, CaseIterable {
    case hs256 = "HS256"
    case rs256 = "RS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"

    /// Reads the name in a token's header; nil for any other.
    package init?(_ name: String) {
        // RFC 9864 names the curve; it is the only one there is here.
        guard let known = name == "Ed25519" ? .edDSA : TokenAlgorithm(rawValue: name) else { return nil }
        self = known
    }
}
