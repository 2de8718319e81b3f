import Gateway
import Logging
import MCP
import RoostJSON

@testable import Policies

/// Makes tokens, right and wrong ones, and a verifier that believes one issuer.
struct TokenWorkshop {
    static let now: Int64 = 1_800_000_000
    static let secret = Array("0123456789abcdef0123456789abcdef".utf8)

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static let claims: JSONObject = [
        "iss": "https://issuer.test", "sub": "alice", "aud": "https://mcp.test", "exp": .integer(now + 600),
        "scope": "memory:read echo",
    ]

    /// The claims with some of them another way; null leaves one out.
    static func claims(_ changes: JSONObject) -> JSONObject {
        var result = claims
        for (key, value) in changes.members { result[key] = value.kind == .null ? Optional.none : value }
        return result
    }

    static func token(_ changes: JSONObject = [:], secret: [UInt8] = secret) -> String {
        TokenSigner(secret: secret).token(claims(changes), keyID: nil) ?? ""
    }

    /// A token of any header and claims, signed with the shared secret as HS256.
    static func raw(header: String, claims: String) -> String {
        let signer = VerificationSecret(secret)
        let input = [header, claims].map { Base64.encodeURLSafe(Array($0.utf8)) }.joined(separator: ".")
        return input + "." + Base64.encodeURLSafe(signer.code(of: Array(input.utf8)))
    }

    static func issuer(_ keys: KeySetSource, audiences: [String] = ["https://mcp.test"]) -> TokenIssuer {
        TokenIssuer(name: "https://issuer.test", keys: keys, audiences: audiences)
    }

    static func verifier(
        _ keys: KeySetSource = .secret(secret, logger: logger),
        audiences: [String] = ["https://mcp.test"],
        resource: String? = nil,
        now: @escaping @Sendable () -> Int64 = { now }
    ) -> TokenVerifier {
        TokenVerifier([issuer(keys, audiences: audiences)], resource: resource, now: now)
    }

    /// Why a token is refused, or its principal; nil while nobody knows.
    static func verdict(_ decision: Authentication?) -> String? {
        switch decision {
        case nil: nil
        case .accepted(let caller): caller.principal
        case .missing: "missing"
        case .rejected(let sentence): "rejected: \(sentence)"
        case .unavailable(let sentence, _): "unavailable: \(sentence)"
        }
    }
}
