import Gateway
import NIOHTTP1
import RoostJSON
import Testing

@testable import Transports

@Suite("What a caller is told that may not pass")
struct ChallengeTests {
    private let resource = ProtectedResource(
        base: "https://mcp.example.com",
        authorizationServers: ["https://auth.example.com"],
        scopePrefix: "roost/"
    )

    private func header(_ response: HTTPResponse) -> String? {
        response.headers.first { $0.name == "www-authenticate" }?.value
    }

    @Test("where to get a token, for what, and what was wrong")
    func texts() {
        let challenge = Challenge(resource: resource, target: "/mcp/memory?x=1", scopes: ["memory"])
        let metadata =
            #"Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp/memory""#
        #expect(header(challenge.unauthorized) == metadata + #", scope="roost/memory""#)
        #expect(challenge.unauthorized.status == .unauthorized)
        #expect(
            header(challenge.unauthorized(because: #"a "b" \c"#))
                == metadata
                + #", error="invalid_token", error_description="a \"b\" \\c", scope="roost/memory""#
        )
        let forbidden = challenge.forbidden(["memory:read"], because: "no")
        #expect(forbidden.status == .forbidden)
        #expect(header(forbidden) == metadata + #", error="insufficient_scope", scope="roost/memory:read""#)
        let plain = Challenge(resource: nil, target: "", scopes: [])
        #expect(header(plain.unauthorized) == "Bearer")
    }

    @Test("no text of a client gets into a header unchanged")
    func injection() {
        let challenge = Challenge(resource: resource, target: "/mcp/\"\r\nx: y", scopes: [])
        #expect(header(challenge.unauthorized(because: "a\r\nset-cookie: b\u{0}é"))?.contains("\r") == false)
        #expect(header(challenge.unauthorized)?.contains("x: y") == false)
        #expect(Challenge.path(of: "/mcp/a%22b") == "" && Challenge.path(of: "/mcp/a-b/?q") == "/mcp/a-b")
    }

    @Test("metadata stands between host and path (RFC 9728, section 3.1)")
    func metadata() throws {
        #expect(
            resource.metadataURL(for: "") == "https://mcp.example.com/.well-known/oauth-protected-resource"
        )
        let deep = ProtectedResource(base: "https://h.example/roost", authorizationServers: ["https://a"])
        #expect(
            deep.metadataURL(for: "/mcp")
                == "https://h.example/.well-known/oauth-protected-resource/roost/mcp"
        )
        let document = resource.document(for: "/mcp/memory", aliases: ["memory"])
        #expect(document["resource"] == "https://mcp.example.com/mcp/memory")
        #expect(document["authorization_servers"] == ["https://auth.example.com"])
        #expect(document["scopes_supported"] == ["roost/memory", "roost/memory:read"])
        #expect(document["bearer_methods_supported"] == ["header"])
    }
}
