import RoostJSON
import Testing

@Suite("2026-07-28: prompts and completion", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct Prompts20260728 {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    private func get(_ name: String, _ arguments: JSONObject? = nil) async throws -> Reply {
        var params: JSONObject = ["name": .string(name)]
        if let arguments { params["arguments"] = .object(arguments) }
        return try await client.send("prompts/get", params)
    }

    @Test("prompts-list") func list() async throws {
        try PromptShapes.list(try await client.send("prompts/list"))
    }

    @Test("prompts-get-simple") func simple() async throws {
        try PromptShapes.simple(try await get("test_simple_prompt"))
    }

    @Test("prompts-get-with-args") func arguments() async throws {
        let arguments: JSONObject = ["arg1": "testValue1", "arg2": "testValue2"]
        try PromptShapes.arguments(try await get("test_prompt_with_arguments", arguments))
    }

    @Test("prompts-get-embedded-resource") func embeddedResource() async throws {
        let arguments: JSONObject = ["resourceUri": "test://example-resource"]
        try PromptShapes.embeddedResource(try await get("test_prompt_with_embedded_resource", arguments))
    }

    @Test("prompts-get-with-image") func image() async throws {
        try PromptShapes.image(try await get("test_prompt_with_image"))
    }

    @Test("completion-complete") func completion() async throws {
        try PromptShapes.completion(
            try await client.send("completion/complete", PromptShapes.completionParams)
        )
    }

    @Test("a missing prompt argument and an unknown prompt are invalid parameters")
    func invalid() async throws {
        for reply in [
            try await get("test_prompt_with_arguments", ["arg1": "x"]), try await get("no_such_prompt"),
        ] {
            #expect(reply.code == -32602 && reply.response?["id"] == 1, reply.exchange)
        }
    }
}
