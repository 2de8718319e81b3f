import MCP
import RoostJSON

/// A JSON Web Token taken apart and not believed yet (RFC 7515, section 3.1; RFC 7519).
///
/// Everything that must hold of a header whoever signed it is checked here; what it says about keys (jwk, jku, x5c, x5u) is
/// never read.
struct CompactToken: Sendable {
    let algorithm: TokenAlgorithm
    /// The key's name in the header; nil when the header names none.
    let keyID: String?
    let claims: TokenClaims
    /// What was signed.
    let input: [UInt8]
    let signature: [UInt8]

    /// More is not looked at.
    static let maximumBytes = 8_192

    init(_ text: String) throws(TokenFault) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumBytes else {
            throw TokenFault("the token has \(bytes.count) bytes; at most \(Self.maximumBytes) are accepted")
        }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            throw TokenFault("the token must have three parts; found \(parts.count)")
        }
        let header = try Self.object(parts[0], "header")
        guard let name = header["alg"]?.string else {
            throw TokenFault("the token's header names no algorithm")
        }
        guard let algorithm = TokenAlgorithm(name) else {
            throw TokenFault("the token's algorithm \(TokenFault.quoted(name)) is not accepted")
        }
        guard header["crit"] == nil else {
            throw TokenFault(
                "the token's header says that something in it must be understood (crit), and nothing is"
            )
        }
        if let type = header["typ"] {
            guard let text = type.string?.lowercased(), Self.types.contains(text) else {
                throw TokenFault("the token says it is of another type than JWT or at+jwt")
            }
        }
        if let keyID = header["kid"] {
            guard let text = keyID.string, text.utf8.count <= 256 else {
                throw TokenFault("the token's kid must be a text of at most 256 bytes")
            }
            self.keyID = text
        } else {
            keyID = nil
        }
        guard let signature = Base64.decodeURLSafe(parts[2]), !signature.isEmpty else {
            throw TokenFault("the token's signature is missing or not URL-safe Base64")
        }
        self.algorithm = algorithm
        self.signature = signature
        claims = try TokenClaims(try Self.object(parts[1], "claims"))
        input = Array(bytes[..<(parts[1].endIndex)])
    }

    private static let types: Set<String> = ["jwt", "at+jwt", "application/at+jwt", "application/jwt"]

    private static func object(_ part: ArraySlice<UInt8>, _ what: String) throws(TokenFault) -> JSONView {
        guard let bytes = Base64.decodeURLSafe(part) else {
            throw TokenFault("the token's \(what) must be URL-safe Base64 without padding")
        }
        // A doubled member is no JSON here: two readers could each believe another one of the two.
        guard let root = try? JSONDocument(parsing: bytes, depth: 16).root, root.kind == .object else {
            throw TokenFault("the token's \(what) must be a JSON object with each member once")
        }
        return root
    }
}
