package import Crypto
package import CryptoExtras

/// A key that can tell whether its owner signed something, by exactly one algorithm.
package struct VerificationKey: Sendable {
    /// The mathematics of it.
    package enum Material: Sendable {
        case secret(SymmetricKey)
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    /// The name tokens give it; nil: it has none.
    package let id: String?
    package let material: Material

    package init(id: String?, _ material: Material) {
        self.id = id
        self.material = material
    }

    package var algorithm: TokenAlgorithm {
        switch material {
        case .secret: .hs256
        case .rsa: .rs256
        case .p256: .es256
        case .ed25519: .edDSA
        }
    }

    func verifies(_ signature: [UInt8], of input: [UInt8]) -> Bool {
        switch material {
        case .secret(let key):
            return HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: input, using: key)
        case .rsa(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature),
                for: SHA256.hash(data: input),
                padding: .insecurePKCS1v1_5
            )
        case .p256(let key):
            guard let ecdsa = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
                return false
            }
            return key.isValidSignature(ecdsa, for: SHA256.hash(data: input))
        case .ed25519(let key):
            return key.isValidSignature(signature, for: input)
        }
    }
}
