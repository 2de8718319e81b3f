import ArgumentParser
import Gateway
import HostConfiguration
import PluginRuntime
import Policies
import RoostJSON

/// Mints a token the configured host accepts, to try a configuration without an authorization server.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Mint a JWT for testing, in the name of an issuer of auth.jwt."
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "The issuer; needed where auth.jwt has several.")
    var issuer: String?

    @Option(help: "Whom the token is about.")
    var subject = "test"

    @Option(help: "What it allows; repeat for more. Default *.")
    var scope: [String] = []

    @Option(help: "Whom it is for. Default: the issuer's first audience, else auth.resource.")
    var audience: String?

    @Option(help: "How long it is good, such as 30m.")
    var expires = "1h"

    @Option(
        help:
            "A private key in PEM (RSA, P-256 or Ed25519), for issuers with a JWK set. Default: the issuer's secret."
    )
    var key: String?

    @Option(help: "The name of the key (kid).")
    var keyID: String?

    @Flag(help: "Print the JWK set that the private key belongs to, instead of a token.")
    var jwks = false

    func run() async throws {
        let signer = try key.map { try Self.signer($0) }
        if jwks {
            guard let set = signer?.publicKey(id: keyID ?? "test") else {
                throw ValidationError("--jwks needs --key with a private key")
            }
            return Terminal.say(JSONValue.object(["keys": .array([set])]).text)
        }
        let configuration = try options.load()
        let chosen = try chosen(of: configuration.auth?.jwt ?? [])
        guard let lifetime = Lifetime(expires) else {
            throw ValidationError("--expires must be a time such as 30m or 12h; found '\(expires)'")
        }
        guard let audience = audience ?? chosen.audience.first ?? configuration.auth?.resource else {
            throw ValidationError("--audience must say whom the token is for")
        }
        let now = Timestamp.now.seconds
        let scopes = (scope.isEmpty ? ["*"] : scope).map { chosen.scopePrefix + $0 }
        let claims: JSONObject = [
            "iss": .string(chosen.issuer), "sub": .string(subject), "aud": .string(audience),
            "iat": .integer(now),
            "nbf": .integer(now), "exp": .integer(now + lifetime.seconds),
            "scope": .string(scopes.joined(separator: " ")),
        ]
        guard
            let token = try (signer ?? secretSigner(chosen)).token(
                claims,
                keyID: signer == nil ? nil : keyID ?? "test"
            )
        else { throw ValidationError("the key cannot sign") }
        Terminal.say(token)
    }

    private func chosen(of issuers: [AuthIssuerConfiguration]) throws -> AuthIssuerConfiguration {
        if let issuer {
            if let found = issuers.first(where: { $0.issuer == issuer }) { return found }
        } else if issuers.count == 1 {
            return issuers[0]
        }
        throw ValidationError(
            "expected --issuer, one of: \(issuers.isEmpty ? "none, because auth.jwt is empty" : issuers.map(\.issuer).joined(separator: ", "))"
        )
    }

    private func secretSigner(_ issuer: AuthIssuerConfiguration) throws -> TokenSigner {
        guard case .secret(let secret) = issuer.keys else {
            throw ValidationError(
                "\(issuer.issuer) has a JWK set and no secret: --key must name its private key in PEM"
            )
        }
        return TokenSigner(secret: secret.bytes)
    }

    private static func signer(_ path: String) throws -> TokenSigner {
        let bytes: [UInt8]
        do throws(Files.Fault) { bytes = try Files.read(path) } catch {
            throw ValidationError("--key: \(path): \(error.reason)")
        }
        guard let signer = TokenSigner(pem: String(decoding: bytes, as: UTF8.self)) else {
            throw ValidationError("--key: \(path) holds no private key in PEM for RSA, P-256 or Ed25519")
        }
        return signer
    }
}
