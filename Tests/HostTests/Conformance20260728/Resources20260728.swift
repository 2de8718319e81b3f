import RoostJSON
import Testing

@Suite("2026-07-28: resources", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct Resources20260728 {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    private func read(_ uri: String) async throws -> Reply {
        try await client.send("resources/read", ["uri": .string(uri)])
    }

    @Test("resources-list") func list() async throws {
        try ResourceShapes.list(try await client.send("resources/list"))
    }

    @Test("resources-read-text") func text() async throws {
        try ResourceShapes.text(try await read("test://static-text"))
    }

    @Test("resources-read-binary") func binary() async throws {
        try ResourceShapes.binary(try await read("test://static-binary"))
    }

    @Test("resources-templates-read") func template() async throws {
        try ResourceShapes.templates(try await client.send("resources/templates/list"))
        try ResourceShapes.template(try await read("test://template/123/data"))
    }

    @Test("sep-2164-resource-not-found") func notFound() async throws {
        let uri = "test://nonexistent-resource-for-conformance-testing"
        let reply = try await read(uri)
        #expect(reply.result == nil, reply.exchange)
        #expect(reply.code == -32602, reply.exchange)
        #expect(reply.error?["data"]?["uri"]?.string == uri, reply.exchange)
        #expect(reply.response?["id"] == 1, reply.exchange)
    }

    @Test("caching") func caching() async throws {
        let listed = try await client.send("resources/list")
        let uri = try #require(listed.result?["resources"]?[0]?["uri"]?.string, listed.exchange)
        let replies = [
            try await client.send("tools/list"), try await client.send("prompts/list"), listed,
            try await client.send("resources/templates/list"), try await read(uri),
            try await client.send("server/discover"),
        ]
        for reply in replies {
            #expect((reply.result?["ttlMs"]?.integer ?? -1) >= 0, reply.exchange)
            #expect(["public", "private"].contains(reply.result?["cacheScope"]?.string), reply.exchange)
        }
    }
}
