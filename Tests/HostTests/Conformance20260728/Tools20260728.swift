import MCP
import RoostJSON
import Testing

@Suite("2026-07-28: tools", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct Tools20260728 {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    @Test("tools-list") func list() async throws {
        try ToolShapes.list(try await client.send("tools/list"))
    }

    @Test("tools-call-simple-text") func simpleText() async throws {
        try ToolShapes.simpleText(try await client.call("test_simple_text", nil))
    }

    @Test("tools-call-image") func image() async throws {
        try ToolShapes.image(try await client.call("test_image_content"))
    }

    @Test("tools-call-audio") func audio() async throws {
        try ToolShapes.audio(try await client.call("test_audio_content"))
    }

    @Test("tools-call-embedded-resource") func embeddedResource() async throws {
        try ToolShapes.embeddedResource(try await client.call("test_embedded_resource"))
    }

    @Test("tools-call-mixed-content") func mixedContent() async throws {
        try ToolShapes.mixedContent(try await client.call("test_multiple_content_types"))
    }

    @Test("tools-call-error") func toolError() async throws {
        try ToolShapes.toolError(try await client.call("test_error_handling"))
    }

    @Test("tools-call-with-progress") func progress() async throws {
        let token: JSONValue = "progress-test-1"
        let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": token])
        try ToolShapes.progress(reply, token: token)
        #expect(reply.events.allSatisfy { $0.id == nil && $0.retry == nil }, reply.exchange)
    }

    @Test("a tool with progress that nobody asked for reports none") func noProgress() async throws {
        let reply = try await client.call("test_tool_with_progress")
        #expect(reply.notifications.isEmpty, reply.exchange)
        _ = try ToolShapes.text(reply)
    }

    @Test("a progress token comes back as the number it was", arguments: [0, 7, -1] as [JSONValue])
    func numericToken(_ token: JSONValue) async throws {
        let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": token])
        try ToolShapes.progress(reply, token: token)
    }

    @Test("json-schema-2020-12") func jsonSchema() async throws {
        try JSONSchemaShape.check(try await client.send("tools/list"))
    }

    @Test("server-sse-multiple-streams") func multipleStreams() async throws {
        var request = client.request("tools/list")
        request.fields["Accept"] = "text/event-stream, application/json"
        let replies = try await withThrowingTaskGroup(of: Reply.self) { [client, request] group in
            for id in 1...3 {
                var request = request
                request.id = .integer(Int64(id))
                group.addTask { [request] in try await client.send(request) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(replies.count == 3)
        for reply in replies { try ToolShapes.list(reply) }
    }

    @Test("the first tool of the list takes no arguments") func firstTool() async throws {
        let listed = try await client.send("tools/list")
        let name = try #require(listed.result?["tools"]?[0]?["name"]?.string, listed.exchange)
        let reply = try await client.call(name, [:])
        #expect(reply.status == 200 && reply.error == nil && reply.result != nil, reply.exchange)
    }

    @Test("structured content follows the output schema that is listed") func structuredContent() async throws
    {
        let listed = try await client.send("tools/list")
        let tool = listed.result?["tools"]?.array?.first { $0["name"] == "test_structured_content" }
        let schema = try JSONDocument(parsing: try #require(tool?["outputSchema"], listed.exchange).bytes)
        let reply = try await client.call("test_structured_content", [:])
        let content = try JSONDocument(
            parsing: try #require(reply.result?["structuredContent"], reply.exchange).bytes
        )
        #expect(try JSONSchema(compiling: schema.root).validate(content.root).isEmpty, reply.exchange)
    }

    @Test("an unknown tool is a protocol error") func unknownTool() async throws {
        let reply = try await client.call("no_such_tool")
        #expect(reply.code == -32602 && reply.response?["id"] == 1, reply.exchange)
    }
}
