import Crypto
import Gateway
import Glibc
import RoostJSON
import Testing

@testable import Policies

/// Tokens that PyJWT and joserfc signed (Tests/Fixtures/Tokens/make.py).
@Suite("Tokens of other makers")
struct ForeignTokenTests {
    private struct Fixtures {
        let secret: [UInt8]
        let keys: KeySet
        let tokens: [JSONValue]

        init() throws {
            let path = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
            let file = open(path + "/Tests/Fixtures/Tokens/tokens.json", O_RDONLY)
            try #require(file >= 0)
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            bytes.removeLast(bytes.count - read(file, &bytes, bytes.count))
            let json = try JSONValue(parsing: bytes)
            secret = Array((json["secret"]?.string ?? "").utf8)
            keys = try KeySet(parsing: try #require(json["jwks"]).bytes)
            tokens = json["tokens"]?.array ?? []
        }
    }

    @Test("are verified by the algorithm of their key")
    func verify() throws {
        let fixtures = try Fixtures()
        #expect(fixtures.keys.count == 3 && fixtures.tokens.count == 8)
        var seen: Set<String> = []
        for entry in fixtures.tokens {
            let text = try #require(entry["token"]?.string), algorithm = try #require(entry["alg"]?.string)
            let token = try CompactToken(text)
            #expect(token.algorithm.rawValue == algorithm)
            #expect(token.claims.subject == "alice" && token.claims.scopes.first == "memory:read")
            let key =
                algorithm == "HS256"
                ? VerificationKey(id: nil, .secret(.init(data: fixtures.secret)))
                : try #require(fixtures.keys.key(named: token.keyID, token.algorithm))
            #expect(key.verifies(token.signature, of: token.input), "\(entry)")
            #expect(!key.verifies(token.signature, of: token.input + [0]))
            seen.insert("\(entry["maker"]?.string ?? "") \(algorithm)")
        }
        #expect(seen.count == 8)
    }

    @Test(
        "ours are made the same way: each kind of key verifies what it signed",
        arguments: TokenAlgorithm.allCases
    )
    func round(_ algorithm: TokenAlgorithm) throws {
        let signer = try #require(TokenSigner(random: algorithm))
        let text = try #require(signer.token(TokenWorkshop.claims, keyID: "k"))
        let token = try CompactToken(text)
        #expect(token.algorithm == algorithm && token.keyID == "k")
        guard algorithm != .hs256 else { return }
        let set = try KeySet(
            parsing: JSONValue.object(["keys": [try #require(signer.publicKey(id: "k"))]]).bytes
        )
        let key = try #require(set.key(named: "k", algorithm))
        #expect(key.verifies(token.signature, of: token.input))
        // A key does nothing but what it is for.
        for other in TokenAlgorithm.allCases where other != algorithm {
            #expect(set.key(named: "k", other) == nil)
        }
    }

    @Test(
        "keys for other uses, weak ones and secrets are left out of a set",
        arguments: [
            #"{"kty":"oct","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY","kid":"a"}"#,
            #"{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"a"}"#,
            #"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#,
            #"{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,
            #"{"kty":"OKP","crv":"X25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"enc"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"ES256"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","key_ops":["sign"]}"#,
        ]
    )
    func leftOut(_ jwk: String) throws {
        let good = #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
        #expect(try KeySet(parsing: Array(#"{"keys":[\#(good),\#(jwk)]}"#.utf8)).count == 1)
        #expect(throws: KeySet.Fault.self) { try KeySet(parsing: Array(#"{"keys":[\#(jwk)]}"#.utf8)) }
    }
}
