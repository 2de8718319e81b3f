import RoostJSON
import Testing

@Suite("2025-11-25 and 2025-06-18: resources", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct ResourcesLegacy {
    private func read(_ uri: String, _ revision: Revision) async throws -> Reply {
        try await LegacyClient.shipped(revision).send("resources/read", ["uri": .string(uri)])
    }

    @Test("resources-list", arguments: ToolsLegacy.revisions) func list(_ revision: Revision) async throws {
        try ResourceShapes.list(try await LegacyClient.shipped(revision).send("resources/list"))
    }

    @Test("resources-read-text", arguments: ToolsLegacy.revisions) func text(
        _ revision: Revision
    ) async throws {
        try ResourceShapes.text(try await read("test://static-text", revision))
    }

    @Test("resources-read-binary", arguments: ToolsLegacy.revisions) func binary(
        _ revision: Revision
    ) async throws {
        try ResourceShapes.binary(try await read("test://static-binary", revision))
    }

    @Test("resources-templates-read", arguments: ToolsLegacy.revisions)
    func template(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        try ResourceShapes.templates(try await client.send("resources/templates/list"))
        try ResourceShapes.template(try await read("test://template/123/data", revision))
    }

    @Test("resources-subscribe", arguments: ToolsLegacy.revisions) func subscribe(
        _ revision: Revision
    ) async throws {
        let client = try await LegacyClient.shipped(revision)
        let reply = try await client.send("resources/subscribe", ["uri": "test://watched-resource"])
        #expect(reply.status == 200 && reply.result == [:], reply.exchange)
    }

    @Test("resources-unsubscribe", arguments: ToolsLegacy.revisions)
    func unsubscribe(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        _ = try await client.send("resources/subscribe", ["uri": "test://watched-resource"])
        let reply = try await client.send("resources/unsubscribe", ["uri": "test://watched-resource"])
        #expect(reply.status == 200 && reply.result == [:], reply.exchange)
    }

    @Test("a resource that is not there has the old code of its own", arguments: ToolsLegacy.revisions)
    func notFound(_ revision: Revision) async throws {
        let reply = try await read("test://nonexistent-resource-for-conformance-testing", revision)
        #expect(reply.status == 200 && reply.code == -32002 && reply.response?["id"] == 1, reply.exchange)
    }
}
