import Gateway
import Glibc
import MCP
import RoostJSON
import Synchronization
import Testing

@testable import Policies

@Suite("Tokens")
struct TokenVerifierTests {
    @Test("a right one tells who calls and what it may do")
    func right() throws {
        let decision = TokenWorkshop.verifier().verify(TokenWorkshop.token(), at: .all)
        guard case .accepted(let caller) = decision else { return #expect(Bool(false), "\(decision as Any)") }
        #expect(caller.principal == "jwt:https://issuer.test|alice")
        #expect(caller.grants == Grants(reading: ["memory:read", "echo"]))
    }

    @Test(
        "claims that do not hold are refused, each with its reason",
        arguments: [
            (["exp": .integer(TokenWorkshop.now - 60)], "expired"),
            (["exp": .integer(TokenWorkshop.now - 59)], nil),
            (["exp": nil], "no exp"),
            (["exp": "tomorrow"], "exp must be seconds"),
            (["exp": 1e300], "exp must be seconds"),
            (["exp": .integer(-1)], "exp must be seconds"),
            (["exp": .number(Double(TokenWorkshop.now) + 0.5)], nil),
            (["nbf": .integer(TokenWorkshop.now + 61)], "not good yet"),
            (["nbf": .integer(TokenWorkshop.now + 60)], nil),
            (["aud": "https://other.test"], "another audience"),
            (["aud": []], "no audience"),
            (["aud": nil], "no audience"),
            (["aud": ["https://other.test", "https://mcp.test/"]], nil),
            (["aud": [1]], "list of texts"),
            (["iss": "https://evil.test"], #"issuer "https://evil.test" is not accepted"#),
            (["iss": "https://issuer.test/"], "is not accepted"),
            (["iss": nil], "needs iss"),
            (["sub": nil], "needs sub"),
            (["sub": ""], "needs sub"), (["sub": "a\nb"], "control characters"),
            (["sub": .string(String(repeating: "s", count: 513))], "needs sub"),
            (["scope": ["memory", "echo"]], nil),
            (["scope": nil], nil),
            (["scope": 7], "scope must be"),
        ] as [(JSONObject, String?)]
    )
    func claims(_ changes: JSONObject, _ reason: String?) {
        let decision = TokenWorkshop.verifier().verify(TokenWorkshop.token(changes), at: .all)
        let verdict = TokenWorkshop.verdict(decision) ?? "undecided"
        if let reason {
            #expect(verdict.hasPrefix("rejected: ") && verdict.contains(reason), "\(verdict)")
        } else {
            #expect(verdict == "jwt:https://issuer.test|alice")
        }
    }

    @Test(
        "headers that ask for another treatment are refused",
        arguments: [
            (#"{"alg":"none"}"#, #"algorithm "none""#), (#"{"alg":"None"}"#, "algorithm"),
            (#"{"alg":"nOnE"}"#, "algorithm"), (#"{"alg":""}"#, "algorithm"),
            (#"{"alg":null}"#, "no algorithm"),
            (#"{"typ":"JWT"}"#, "no algorithm"), (#"{"alg":["HS256"]}"#, "no algorithm"),
            (#"{"alg":"hs256"}"#, "algorithm"), (#"{"alg":"HS512"}"#, "algorithm"),
            (#"{"alg":"HS256","crit":["exp"]}"#, "crit"), (#"{"alg":"HS256","crit":[],"b64":false}"#, "crit"),
            (#"{"alg":"HS256","typ":"logout+jwt"}"#, "another type"),
            (#"{"alg":"HS256","typ":5}"#, "another type"),
            (#"{"alg":"HS256","alg":"none"}"#, "each member once"),
            (#"{"alg":"HS256","kid":5}"#, "kid must be"), (#"[]"#, "JSON object"), ("x", "JSON object"),
        ]
    )
    func headers(_ header: String, _ reason: String) {
        let claims = JSONValue.object(TokenWorkshop.claims).text
        let verifier = TokenWorkshop.verifier()
        let verdict = TokenWorkshop.verdict(
            verifier.verify(TokenWorkshop.raw(header: header, claims: claims), at: .all)
        )
        #expect(
            verdict?.hasPrefix("rejected: ") == true && verdict?.contains(reason) == true,
            "\(verdict ?? "")"
        )
        // The same without any signature.
        let unsigned =
            [header, claims].map { Base64.encodeURLSafe(Array($0.utf8)) }.joined(separator: ".") + "."
        #expect(TokenWorkshop.verdict(verifier.verify(unsigned, at: .all))?.hasPrefix("rejected: ") == true)
        #expect(verifier.remembered == 0)
    }

    @Test("keys a token brings along are never looked at")
    func ownKeys() {
        let header =
            #"{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"},"jku":"http://127.0.0.1:1/","x5u":"http://127.0.0.1:1/"}"#
        let claims = JSONValue.object(TokenWorkshop.claims).text
        let right = TokenWorkshop.raw(header: header, claims: claims)
        #expect(
            TokenWorkshop.verdict(TokenWorkshop.verifier().verify(right, at: .all))
                == "jwt:https://issuer.test|alice"
        )
        let strange = TokenWorkshop.verifier(
            .secret([UInt8](repeating: 0, count: 32), logger: TokenWorkshop.logger)
        )
        #expect(
            TokenWorkshop.verdict(strange.verify(right, at: .all))?.contains("signature is wrong") == true
        )
    }

    @Test("a token changed in any place is refused, and one that is cut too")
    func changed() {
        let verifier = TokenWorkshop.verifier()
        let token = Array(TokenWorkshop.token().utf8)
        for place in stride(from: 0, to: token.count, by: 3) {
            var wrong = token
            wrong[place] = wrong[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let verdict = TokenWorkshop.verdict(
                verifier.verify(String(decoding: wrong, as: UTF8.self), at: .all)
            )
            #expect(verdict?.hasPrefix("rejected: ") == true, "place \(place)")
            let cut = TokenWorkshop.verdict(
                verifier.verify(String(decoding: token[..<place], as: UTF8.self), at: .all)
            )
            #expect(cut?.hasPrefix("rejected: ") == true)
        }
        #expect(verifier.remembered == 0)
    }

    @Test(
        "a public key is no shared secret: RS256 signed as HS256 with the key's own text",
        arguments: [0, 1, 2]
    )
    func confusion(_ form: Int) throws {
        let signer = try #require(TokenSigner(random: .rs256))
        let jwk = try #require(signer.publicKey(id: "k"))
        let keys = try KeySetSource.file(try write(["keys": [jwk]]), logger: TokenWorkshop.logger)
        let verifier = TokenWorkshop.verifier(keys)
        let good = try #require(signer.token(TokenWorkshop.claims, keyID: "k"))
        #expect(TokenWorkshop.verdict(verifier.verify(good, at: .all)) == "jwt:https://issuer.test|alice")

        let secret = [jwk.bytes, Array((jwk["n"]?.string ?? "").utf8), Array("k".utf8)][form]
        let code = VerificationSecret(secret)
        let header = #"{"alg":"HS256","kid":"k"}"#
        let input = [header, JSONValue.object(TokenWorkshop.claims).text].map {
            Base64.encodeURLSafe(Array($0.utf8))
        }
        .joined(separator: ".")
        let forged = input + "." + Base64.encodeURLSafe(code.code(of: Array(input.utf8)))
        let verdict = TokenWorkshop.verdict(verifier.verify(forged, at: .all))
        #expect(verdict?.hasPrefix("rejected: ") == true, "\(verdict ?? "")")
        // And the other way round: an issuer with a secret believes no other kind.
        let other = TokenWorkshop.verdict(TokenWorkshop.verifier().verify(good, at: .all))
        #expect(other?.hasPrefix("rejected: ") == true)
    }

    @Test("signatures with numbers out of range are none")
    func degenerate() throws {
        let signer = try #require(TokenSigner(random: .es256))
        let keys = try KeySetSource.file(
            try write(["keys": [try #require(signer.publicKey(id: "k"))]]),
            logger: TokenWorkshop.logger
        )
        let verifier = TokenWorkshop.verifier(keys)
        let token = try #require(signer.token(TokenWorkshop.claims, keyID: "k"))
        let input = token.split(separator: ".").prefix(2).joined(separator: ".")
        for signature in [
            [UInt8](repeating: 0, count: 64), [UInt8](repeating: 255, count: 64), [0],
            [UInt8](repeating: 1, count: 65),
        ] {
            let verdict = TokenWorkshop.verdict(
                verifier.verify("\(input).\(Base64.encodeURLSafe(signature))", at: .all)
            )
            #expect(verdict?.contains("signature is wrong") == true)
        }
    }

    @Test("an enormous token costs no work")
    func enormous() {
        let verifier = TokenWorkshop.verifier()
        let text = "eyJ." + String(repeating: "A", count: 1 << 20) + ".x"
        #expect(TokenWorkshop.verdict(verifier.verify(text, at: .all))?.contains("at most 8192") == true)
        let deep = String(repeating: "[", count: 4_000)
        let nested = TokenWorkshop.raw(header: #"{"alg":"HS256"}"#, claims: deep)
        #expect(TokenWorkshop.verdict(verifier.verify(nested, at: .all))?.contains("claims must be") == true)
    }

    @Test("a token for one address is none for another (RFC 8707)")
    func audiences() {
        let verifier = TokenWorkshop.verifier(audiences: [], resource: "https://mcp.test")
        func verdict(_ audience: String, _ endpoint: Endpoint?) -> Bool {
            let decision = verifier.verify(TokenWorkshop.token(["aud": .string(audience)]), at: endpoint)
            return TokenWorkshop.verdict(decision) == "jwt:https://issuer.test|alice"
        }
        #expect(verdict("https://mcp.test/mcp/memory", .plugin("memory")))
        #expect(verdict("https://mcp.test/api/mcp/memory", .plugin("memory")))
        #expect(!verdict("https://mcp.test/mcp/memory", .plugin("echo")))
        #expect(!verdict("https://mcp.test/mcp/memory", .all) && !verdict("https://mcp.test/mcp/memory", nil))
        #expect(verdict("https://mcp.test/mcp", .all) && !verdict("https://mcp.test/mcp", .plugin("memory")))
        #expect(verdict("https://mcp.test", .all) && verdict("https://mcp.test/", .plugin("memory")))
        #expect(!verdict("https://mcp.test.evil.test", .all) && !verdict("https://mcp.tes", .all))
    }

    @Test("what was verified is remembered until it ends, and no longer")
    func remembered() {
        let time = Mutex(TokenWorkshop.now)
        let verifier = TokenWorkshop.verifier(now: { time.withLock { $0 } })
        let token = TokenWorkshop.token()
        guard case .accepted(let caller) = verifier.verify(token, at: .all) else {
            return #expect(Bool(false))
        }
        #expect(verifier.remembered == 1 && caller.isStillWelcome())
        time.withLock { $0 += 660 }
        #expect(TokenWorkshop.verdict(verifier.verify(token, at: .all))?.contains("expired") == true)
        #expect(!caller.isStillWelcome())
    }

    @Test("ten thousand principals take no more memory than are remembered")
    func principals() async {
        let verifier = TokenWorkshop.verifier()
        for number in 0..<10_000 {
            await Task.yield()
            let decision = verifier.verify(TokenWorkshop.token(["sub": "p\(number)"]), at: .all)
            #expect(TokenWorkshop.verdict(decision) == "jwt:https://issuer.test|p\(number)")
        }
        #expect(verifier.remembered <= TokenVerifier.maximumRemembered)
    }

    @Test("scopes behind a prefix are this host's, others are not")
    func prefix() {
        var issuer = TokenWorkshop.issuer(.secret(TokenWorkshop.secret, logger: TokenWorkshop.logger))
        issuer.scopePrefix = "roost/"
        issuer.scopes = ["echo"]
        let verifier = TokenVerifier([issuer], resource: nil, now: { TokenWorkshop.now })
        let decision = verifier.verify(TokenWorkshop.token(["scope": "roost/memory:read admin *"]), at: .all)
        guard case .accepted(let caller) = decision else { return #expect(Bool(false)) }
        #expect(caller.grants == Grants(reading: ["memory:read", "echo"]))
    }

    private func write(_ json: JSONValue) throws -> String {
        var template = Array("/tmp/roost-jwks-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        try #require(file >= 0)
        defer { close(file) }
        try #require(Glibc.write(file, json.bytes, json.bytes.count) == json.bytes.count)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
