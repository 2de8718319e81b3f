import Gateway
import Logging
import PluginRuntime
import Policies
import RoostJSON

/// Measures what it costs to find out who calls, in this process and without a network.
///
/// A token that was seen before is the usual case; one of each kind that was not shows what its signature costs.
struct AuthenticationCosts {
    let logger: Logger

    private static let secret = [UInt8](repeating: 7, count: 32)
    /// New tokens of one kind in one round.
    private static let newTokens = 200

    func measure(rounds: Int, calls: Int) -> [PolicyCosts.Row] {
        let key = APIKey.random()
        let record = APIKeyRecord(id: key.id, principal: "p", hash: APIKeyHash(of: key), scopes: ["echo"])
        let signer = TokenSigner(secret: Self.secret)
        let shared = KeySetSource.secret(Self.secret, logger: logger)
        let usual = authenticator(keys: [record], shared)
        var rows = [
            row("authentication by a key", rounds) { cost(usual, [Credential(key.text)], calls) },
            row("authentication by a token seen before", rounds) {
                cost(usual, Self.tokens(signer, 1), calls)
            },
            row("authentication by a new token, HS256", rounds) {
                cost(authenticator(shared), Self.tokens(signer, Self.newTokens), Self.newTokens)
            },
        ]
        for algorithm in [TokenAlgorithm.rs256, .es256, .edDSA] {
            guard let signer = TokenSigner(random: algorithm), let jwk = signer.publicKey(id: "k"),
                let set = try? KeySet(parsing: JSONValue.object(["keys": [jwk]]).bytes)
            else { continue }
            let known = KeySetSource.known(set, logger: logger)
            rows.append(
                row("authentication by a new token, \(algorithm.rawValue)", rounds) {
                    cost(authenticator(known), Self.tokens(signer, Self.newTokens), Self.newTokens)
                }
            )
        }
        return rows
    }

    private func row(_ name: String, _ rounds: Int, _ measure: () -> Double?) -> PolicyCosts.Row {
        PolicyCosts.Row(name: name, nanoseconds: (0..<rounds).compactMap { _ in measure() })
    }

    /// Nanoseconds of processor time for one decision; nil when one is a refusal, which would look cheap.
    private func cost(
        _ authenticator: HostAuthenticator,
        _ credentials: [Credential],
        _ calls: Int
    ) -> Double? {
        let start = ProcessorTime.nanoseconds
        for number in 0..<calls {
            let credential = credentials[number % credentials.count]
            guard case .accepted = authenticator.authenticate(credential, at: .all) else { return nil }
        }
        return Double(ProcessorTime.nanoseconds - start) / Double(calls)
    }

    private func authenticator(keys: [APIKeyRecord] = [], _ source: KeySetSource) -> HostAuthenticator {
        HostAuthenticator(
            keys: APIKeyRing(fixed: keys) { Timestamp.now.seconds },
            tokens: TokenVerifier(
                [TokenIssuer(name: "https://issuer.test", keys: source, audiences: ["https://mcp.test"])],
                resource: nil
            ) { Timestamp.now.seconds },
            platform: nil,
            refused: { _ in }
        )
    }

    private static func tokens(_ signer: TokenSigner, _ count: Int) -> [Credential] {
        (0..<count).compactMap { number in
            let claims: JSONObject = [
                "iss": "https://issuer.test", "sub": .string("subject-\(number)"), "aud": "https://mcp.test",
                "exp": .integer(Timestamp.now.seconds + 3_600), "scope": "echo memory:read",
            ]
            return signer.token(claims, keyID: "k").map { Credential($0) }
        }
    }
}
