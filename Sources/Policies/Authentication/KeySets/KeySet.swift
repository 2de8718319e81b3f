import Crypto
import CryptoExtras
import MCP
import RoostJSON

/// An issuer's keys at one moment (RFC 7517).
package struct KeySet: Sendable {
    private let keys: [VerificationKey]

    package init(_ keys: [VerificationKey]) { self.keys = keys }

    package var count: Int { keys.count }

    /// The key for a token; without a name only where there is no choice.
    func key(named id: String?, _ algorithm: TokenAlgorithm) -> VerificationKey? {
        let fitting = keys.filter { $0.algorithm == algorithm }
        guard let id else { return fitting.count == 1 ? fitting[0] : nil }
        return fitting.first { $0.id == id }
    }

    /// Why a document is no key set.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        package var description: String
    }

    /// More keys than this are nobody's key set.
    private static let maximumKeys = 100

    /// Reads a JWK Set; keys for other uses or algorithms are left out, as RFC 7517, section 5 asks.
    package init(parsing bytes: [UInt8]) throws(Fault) {
        guard let root = try? JSONDocument(parsing: bytes).root, let list = root["keys"], list.kind == .array
        else {
            throw Fault(description: "expected a JWK set, a JSON object with the list keys")
        }
        guard list.count <= Self.maximumKeys else {
            throw Fault(description: "expected at most \(Self.maximumKeys) keys, found \(list.count)")
        }
        keys = list.elements.compactMap(Self.key)
        guard !keys.isEmpty else {
            throw Fault(
                description:
                    "expected a key for RS256 (2048 to 8192 bits), ES256 or EdDSA among the \(list.count) of the set, found none"
            )
        }
    }

    private static func key(_ jwk: JSONView) -> VerificationKey? {
        guard jwk["use"] == nil || jwk["use"]?.equals("sig") == true else { return nil }
        if let operations = jwk["key_ops"], !operations.elements.contains(where: { $0.equals("verify") }) {
            return nil
        }
        guard let material = material(jwk) else { return nil }
        let key = VerificationKey(id: jwk["kid"]?.string, material)
        if let algorithm = jwk["alg"]?.string, TokenAlgorithm(algorithm) != key.algorithm { return nil }
        return key
    }

    /// Nothing secret comes out of a set: a key of kind oct in a public document is everybody's.
    private static func material(_ jwk: JSONView) -> VerificationKey.Material? {
        switch jwk["kty"]?.string {
        case "RSA":
            guard let n = bytes(jwk["n"]), let e = bytes(jwk["e"]), (256...1_024).contains(n.count),
                (1...4).contains(e.count), let key = try? _RSA.Signing.PublicKey(n: n, e: e)
            else { return nil }
            return .rsa(key)
        case "EC":
            guard jwk["crv"]?.equals("P-256") == true, let x = bytes(jwk["x"]), let y = bytes(jwk["y"]),
                x.count == 32, y.count == 32, let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
            else { return nil }
            return .p256(key)
        case "OKP":
            guard jwk["crv"]?.equals("Ed25519") == true, let x = bytes(jwk["x"]),
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
            else { return nil }
            return .ed25519(key)
        default:
            return nil
        }
    }

    private static func bytes(_ view: JSONView?) -> [UInt8]? {
        view?.string.flatMap { Base64.decodeURLSafe(Array($0.utf8)) }
    }
}
