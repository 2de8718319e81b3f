import RoostJSON
import Testing

@Suite("2025-11-25 and 2025-06-18: tools", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct ToolsLegacy {
    static let revisions: [Revision] = [.june2025, .november2025]

    @Test("tools-list", arguments: revisions) func list(_ revision: Revision) async throws {
        try ToolShapes.list(try await LegacyClient.shipped(revision).send("tools/list"))
    }

    @Test("tools-call-simple-text", arguments: revisions) func simpleText(_ revision: Revision) async throws {
        try ToolShapes.simpleText(try await LegacyClient.shipped(revision).call("test_simple_text", nil))
    }

    @Test("tools-call-image", arguments: revisions) func image(_ revision: Revision) async throws {
        try ToolShapes.image(try await LegacyClient.shipped(revision).call("test_image_content"))
    }

    @Test("tools-call-audio", arguments: revisions) func audio(_ revision: Revision) async throws {
        try ToolShapes.audio(try await LegacyClient.shipped(revision).call("test_audio_content"))
    }

    @Test("tools-call-embedded-resource", arguments: revisions)
    func embeddedResource(_ revision: Revision) async throws {
        try ToolShapes.embeddedResource(
            try await LegacyClient.shipped(revision).call("test_embedded_resource")
        )
    }

    @Test("tools-call-mixed-content", arguments: revisions) func mixedContent(
        _ revision: Revision
    ) async throws {
        try ToolShapes.mixedContent(
            try await LegacyClient.shipped(revision).call("test_multiple_content_types")
        )
    }

    @Test("tools-call-error", arguments: revisions) func toolError(_ revision: Revision) async throws {
        try ToolShapes.toolError(try await LegacyClient.shipped(revision).call("test_error_handling"))
    }

    @Test("tools-call-with-progress", arguments: revisions) func progress(_ revision: Revision) async throws {
        let token: JSONValue = "progress-test-1"
        let client = try await LegacyClient.shipped(revision)
        let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": token])
        try ToolShapes.progress(reply, token: token)
    }

    @Test("tools-call-with-logging", arguments: revisions) func logging(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        let level = try await client.send("logging/setLevel", ["level": "debug"])
        #expect(level.result == [:], level.exchange)
        let reply = try await client.call("test_tool_with_logging")
        let messages = reply.notifications.filter { $0["method"] == "notifications/message" }
        #expect(messages.count >= 3, reply.exchange)
        #expect(messages.allSatisfy { $0["params"]?["level"] == "info" }, reply.exchange)
        _ = try ToolShapes.text(reply)
    }

    @Test("json-schema-2020-12") func jsonSchema() async throws {
        try JSONSchemaShape.check(try await LegacyClient.shipped(.november2025).send("tools/list"))
    }

    @Test("server-sse-multiple-streams") func multipleStreams() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
            for id in 1...3 {
                group.addTask { try await client.send("tools/list", [:], id: .integer(Int64(id))) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(replies.count == 3)
        for reply in replies {
            #expect(reply.status == 200, reply.exchange)
            try ToolShapes.list(reply)
        }
    }

    @Test("an unknown method is an error on 200, for 404 would say the session is gone", arguments: revisions)
    func unknownMethod(_ revision: Revision) async throws {
        let reply = try await LegacyClient.shipped(revision).send("unknown/method", [:])
        #expect(reply.status == 200 && reply.code == -32601 && reply.response?["id"] == 1, reply.exchange)
    }
}
