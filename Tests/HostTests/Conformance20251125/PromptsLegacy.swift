import RoostJSON
import Testing

@Suite("2025-11-25 and 2025-06-18: prompts and completion", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct PromptsLegacy {
    private func get(
        _ name: String,
        _ arguments: JSONObject? = nil,
        at revision: Revision
    ) async throws -> Reply {
        var params: JSONObject = ["name": .string(name)]
        if let arguments { params["arguments"] = .object(arguments) }
        return try await LegacyClient.shipped(revision).send("prompts/get", params)
    }

    @Test("prompts-list", arguments: ToolsLegacy.revisions) func list(_ revision: Revision) async throws {
        try PromptShapes.list(try await LegacyClient.shipped(revision).send("prompts/list"))
    }

    @Test("prompts-get-simple", arguments: ToolsLegacy.revisions) func simple(
        _ revision: Revision
    ) async throws {
        try PromptShapes.simple(try await get("test_simple_prompt", at: revision))
    }

    @Test("prompts-get-with-args", arguments: ToolsLegacy.revisions)
    func arguments(_ revision: Revision) async throws {
        let arguments: JSONObject = ["arg1": "testValue1", "arg2": "testValue2"]
        try PromptShapes.arguments(try await get("test_prompt_with_arguments", arguments, at: revision))
    }

    @Test("prompts-get-embedded-resource", arguments: ToolsLegacy.revisions)
    func embeddedResource(_ revision: Revision) async throws {
        let arguments: JSONObject = ["resourceUri": "test://example-resource"]
        let reply = try await get("test_prompt_with_embedded_resource", arguments, at: revision)
        try PromptShapes.embeddedResource(reply)
    }

    @Test("prompts-get-with-image", arguments: ToolsLegacy.revisions) func image(
        _ revision: Revision
    ) async throws {
        try PromptShapes.image(try await get("test_prompt_with_image", at: revision))
    }

    @Test("completion-complete", arguments: ToolsLegacy.revisions) func completion(
        _ revision: Revision
    ) async throws {
        let client = try await LegacyClient.shipped(revision)
        try PromptShapes.completion(
            try await client.send("completion/complete", PromptShapes.completionParams)
        )
    }
}
