import HostConfiguration
import Testing

@Suite("Who may call, in host.yaml")
struct AuthConfigurationTests {
    private static let hash = "hmac-sha256:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    private func auth(_ text: String, _ environment: [String: String] = [:]) throws -> AuthConfiguration? {
        try HostConfiguration(
            parsing: "plugins: {echo: {library: a}}\n\(text)",
            file: "/srv/host.yaml",
            environment: environment
        ).auth
    }

    @Test("nothing, a word, and an empty mapping")
    func short() throws {
        #expect(try auth("") == nil)
        #expect(try auth("auth: {}") == AuthConfiguration())
        #expect(try auth("auth:") == AuthConfiguration())
        #expect(try auth("auth: platform")?.platform == ["*"])
        #expect(try auth("auth: ${WHO}", ["WHO": "platform"])?.platform == ["*"])
        #expect(try auth("auth: {platform: true}")?.platform == ["*"])
        #expect(try auth("auth: {platform: false}")?.platform == nil)
        #expect(try auth("auth: {platform: [echo]}")?.platform == ["echo"])
    }

    @Test("every key is read")
    func everything() throws {
        let auth = try #require(
            try auth(
                """
                auth:
                  resource: https://mcp.example.com/
                  authorization_servers: [https://auth.example.com]
                  keys:
                    - {id: a, hash: "\(Self.hash)", scopes: ["*", "echo:read", echo.add, admin], principal: ci, expires: 2028-02-29}
                    - {id: b, hash: "\(Self.hash)", scopes: [], expires: "2027-01-31T12:00:01Z"}
                  jwt:
                    - {issuer: "https://a", jwks: "https://a/jwks", leeway: 5s, scope_prefix: r/, scopes: [echo]}
                    - {issuer: "https://b", jwks: b.json, audience: x}
                    - {issuer: c, secret: "${SECRET}", audience: [x, y]}
                """,
                ["SECRET": "0123456789abcdef0123456789abcdef"]
            )
        )
        #expect(auth.resource == "https://mcp.example.com")
        #expect(auth.authorizationServers == ["https://auth.example.com"])
        #expect(auth.keys.map(\.principal) == ["ci", "b"])
        #expect(auth.keys.map(\.expires) == [1_835_395_200, 1_801_396_801])
        #expect(auth.keys[0].scopes == ["*", "echo:read", "echo.add", "admin"])
        #expect(auth.jwt.map(\.keys)[..<2] == [.address("https://a/jwks"), .file("/srv/b.json")])
        #expect(auth.jwt.map(\.audience) == [[], ["x"], ["x", "y"]])
        #expect(
            auth.jwt[0].leeway == .seconds(5) && auth.jwt[0].scopePrefix == "r/"
                && auth.jwt[0].scopes == ["echo"]
        )
        #expect(auth.jwt[1].leeway == .seconds(60))
        guard case .secret(let secret) = auth.jwt[2].keys else { return #expect(Bool(false)) }
        #expect(
            secret.bytes.count == 32 && "\(auth)".contains("a secret of 32 bytes")
                && !"\(auth)".contains("0123456789")
        )
    }

    @Test("keys of the environment stand beside those of the file, and need none")
    func environment() throws {
        let record =
            #"[{"id":"e","principal":"ci","hash":"\#(Self.hash)","scopes":["echo"],"created":1,"expires":2}]"#
        let alone = try #require(try auth("", ["ROOST_API_KEYS": record]))
        #expect(
            alone.keys.map(\.id) == ["e"] && alone.keys[0].expires == 2 && alone.keys[0].principal == "ci"
        )
        let both = try auth(
            "auth: {keys: [{id: a, hash: \"\(Self.hash)\", scopes: []}]}",
            ["ROOST_API_KEYS": record]
        )
        #expect(both?.keys.map(\.id) == ["a", "e"])
        for wrong in [
            "x", "{}", "[1]", #"[{"id":"e"}]"#, #"[{"id":"e","hash":"\#(Self.hash)","scopes":["a b"]}]"#,
        ] {
            let faults = #expect(throws: ConfigurationFaults.self) { try auth("", ["ROOST_API_KEYS": wrong]) }
            #expect(faults?.description.contains("ROOST_API_KEYS: expected a JSON list of keys") == true)
        }
    }

    @Test(
        "loopback is this machine and nothing that only looks like it",
        arguments: [
            ("127.0.0.1:1", true), ("127.1.2.3:1", true), ("localhost:1", true), ("'[::1]:1'", true),
            (":1", false), ("127.example.com:1", false), ("localhost.example.com:1", false),
            ("'[::]:1'", false),
        ]
    )
    func loopback(_ listen: String, _ expected: Bool) throws {
        let text = "plugins: {echo: {library: a}}\nlisten: \(listen)"
        let configuration = try HostConfiguration(parsing: text, file: "host.yaml", environment: [:])
        #expect(configuration.listen.isLoopback == expected)
    }
}
