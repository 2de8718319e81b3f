import Gateway
import NIOHTTP1
import Testing

@testable import Transports

@Suite("The credential of a request")
struct CredentialFieldsTests {
    private static let key = "roost_abcdefgh_0123456789"
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"

    private func read(_ lines: [(String, String)]) throws(CredentialFields.Fault) -> Credential? {
        let headers = HTTPHeaders(lines)
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/mcp", headers: headers)
        return try CredentialFields.read(HTTPRequest(head: head, fields: HTTPFields(headers), body: []))
    }

    @Test(
        "may stand in any of three fields, and the same in several",
        arguments: [
            [("Authorization", "Bearer \(key)")], [("authorization", "bearer  \(key) ")],
            [("AUTHORIZATION", "BEARER\t\(key)")], [("X-API-Key", key)], [("x-roost-authorization", key)],
            [("X-Roost-Authorization", "Bearer \(key)")],
            [("X-API-Key", key), ("Authorization", "Bearer \(key)")],
            [("X-Roost-Authorization", key), ("X-API-Key", key), ("Authorization", "Bearer \(key)")],
            // What a gateway in front takes for itself is its own affair.
            [("X-Roost-Authorization", key), ("Authorization", "Bearer rpa_ABCDEF")],
            [("X-API-Key", key), ("Authorization", "Basic dXNlcjpwYXNz")],
        ]
    )
    func found(_ lines: [(String, String)]) throws {
        #expect(try read(lines) == Credential(Self.key))
    }

    @Test(
        "two different ones, two of one field, and what is not one token are refused without a word of them",
        arguments: [
            [("Authorization", "Bearer \(key)"), ("X-API-Key", "\(key)x")],
            [("Authorization", "Bearer \(token)"), ("X-API-Key", key)],
            [("X-Roost-Authorization", token), ("X-API-Key", key)],
            [("Authorization", "Bearer \(key)"), ("Authorization", "Bearer \(key)")],
            [("Authorization", "Basic \(key)"), ("authorization", "Bearer \(key)")],
            [("X-API-Key", key), ("x-api-key", key)],
            [("X-Roost-Authorization", key), ("X-ROOST-AUTHORIZATION", key)],
            [("Authorization", "Bearer \(key), Bearer other")], [("Authorization", "Bearer \(key) \(key)")],
            [("Authorization", "Bearer")], [("Authorization", "Bearer ")], [("X-API-Key", "")],
            [("X-API-Key", "Bearer \(key)")], [("X-API-Key", "\(key);x")], [("X-API-Key", "\(key)\u{E9}")],
            [("X-Roost-Authorization", "Basic \(key)")],
        ]
    )
    func refused(_ lines: [(String, String)]) throws {
        let fault = #expect(throws: CredentialFields.Fault.self) { try read(lines) }
        let sentence = try #require(fault).sentence
        #expect(!sentence.contains(Self.key) && !sentence.contains(Self.token))
    }

    @Test("may be one this host cannot check, or none")
    func foreign() throws {
        #expect(try read([]) == nil)
        #expect(try read([("Authorization", "Basic dXNlcjpwYXNz")])?.kind == .foreign)
        #expect(try read([("Authorization", "Bearer rpa_ABC")])?.kind == .foreign)
        #expect(try read([("Authorization", "Bearer \(Self.token)")])?.kind == .token)
    }

    @Test(
        "is noticed in an address, however it is written",
        arguments: [
            "/mcp?key=a", "/mcp?api_key=a", "/mcp?API-Key=a", "/mcp?a=b&access_token=c", "/mcp?token",
            "/mcp?%6bey=a",
            "/mcp?x=\(key)", "/mcp?\(key)", "/mcp?x=roost%5Fabc", "/mcp?x=\(token)",
            "/mcp/echo?Authorization=Bearer",
        ]
    )
    func query(_ target: String) {
        #expect(QueryCredential.isPresent(in: target))
        #expect(!QueryCredential.sentence.contains(Self.key))
    }

    @Test(
        "an address with another query is none",
        arguments: [
            "/mcp", "/mcp?", "/mcp?a=b", "/mcp/roost_x", "/mcp?keyboard=1", "/mcp?x=eyJ", "/mcp?monkey=1&%=%",
        ]
    )
    func noQuery(_ target: String) {
        #expect(!QueryCredential.isPresent(in: target))
    }
}
