import Crypto
import CryptoExtras
import MCP
package import RoostJSON

/// Signs tokens for tests of a host's configuration; a host itself gives out none.
package struct TokenSigner: Sendable {
    private enum Key: Sendable {
        case secret(SymmetricKey)
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    private let key: Key

    /// Signs with a shared secret (HS256).
    package init(secret: [UInt8]) { key = .secret(SymmetricKey(data: secret)) }

    /// Signs with a private key in PEM: RSA, P-256 or Ed25519 in PKCS #8; nil for anything else.
    package init?(pem: String) {
        if let p256 = try? P256.Signing.PrivateKey(pemRepresentation: pem) {
            key = .p256(p256)
        } else if let ed25519 = try? Curve25519.Signing.PrivateKey(pemRepresentation: pem) {
            key = .ed25519(ed25519)
        } else if let rsa = try? _RSA.Signing.PrivateKey(pemRepresentation: pem) {
            key = .rsa(rsa)
        } else {
            return nil
        }
    }

    /// Signs with a new key that nobody else has.
    package init?(random algorithm: TokenAlgorithm) {
        switch algorithm {
        case .hs256: key = .secret(SymmetricKey(size: .bits256))
        case .es256: key = .p256(P256.Signing.PrivateKey())
        case .edDSA: key = .ed25519(Curve25519.Signing.PrivateKey())
        case .rs256:
            guard let rsa = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { return nil }
            key = .rsa(rsa)
        }
    }

    package var algorithm: TokenAlgorithm {
        switch key {
        case .secret: .hs256
        case .rsa: .rs256
        case .p256: .es256
        case .ed25519: .edDSA
        }
    }

    /// A token with these claims; nil when the key cannot sign.
    package func token(_ claims: JSONObject, keyID: String?) -> String? {
        var header: JSONObject = ["alg": .string(algorithm.rawValue), "typ": "JWT"]
        header["kid"] = keyID.map { .string($0) }
        let input = [header, claims].map { Base64.encodeURLSafe(JSONValue.object($0).bytes) }.joined(
            separator: "."
        )
        return signature(of: Array(input.utf8)).map { "\(input).\(Base64.encodeURLSafe($0))" }
    }

    /// The public key as a member of a JWK set; nil for a shared secret.
    package func publicKey(id: String) -> JSONValue? {
        let kind: JSONObject
        switch key {
        case .secret: return nil
        case .rsa(let key):
            guard let numbers = try? key.publicKey.getKeyPrimitives() else { return nil }
            kind = [
                "kty": "RSA", "n": text(Array(numbers.modulus)), "e": text(Array(numbers.publicExponent)),
            ]
        case .p256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            kind = [
                "kty": "EC", "crv": "P-256", "x": text(Array(point[..<32])), "y": text(Array(point[32...])),
            ]
        case .ed25519(let key):
            kind = ["kty": "OKP", "crv": "Ed25519", "x": text(Array(key.publicKey.rawRepresentation))]
        }
        var jwk: JSONObject = ["kid": .string(id), "use": "sig", "alg": .string(algorithm.rawValue)]
        for member in kind.members { jwk[member.key] = member.value }
        return .object(jwk)
    }

    private func text(_ bytes: [UInt8]) -> JSONValue { .string(Base64.encodeURLSafe(bytes)) }

    private func signature(of input: [UInt8]) -> [UInt8]? {
        switch key {
        case .secret(let key): Array(HMAC<SHA256>.authenticationCode(for: input, using: key))
        case .rsa(let key):
            (try? key.signature(for: SHA256.hash(data: input), padding: .insecurePKCS1v1_5))
                .map { Array($0.rawRepresentation) }
        case .p256(let key):
            (try? key.signature(for: SHA256.hash(data: input))).map { Array($0.rawRepresentation) }
        case .ed25519(let key): (try? key.signature(for: input)).map { Array($0) }
        }
    }
}
