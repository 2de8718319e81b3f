import RoostJSON
import Testing

@Suite(
    "2025-11-25 and 2025-06-18: what the host asks of the client",
    .whereWireSchemasAre,
    .timeLimit(.minutes(10))
)
struct QuestionsLegacy {
    private static let sampled: JSONObject = [
        "sampling/createMessage": [
            "role": "assistant", "content": ["type": "text", "text": "Paris is the answer"],
            "model": "test-model",
            "stopReason": "endTurn",
        ]
    ]

    @Test("tools-call-sampling", arguments: ToolsLegacy.revisions) func sampling(
        _ revision: Revision
    ) async throws {
        let client = try await LegacyClient.shipped(revision)
        let reply = try await client.call(
            "test_sampling",
            ["prompt": "Which city?"],
            answering: Self.sampled
        )
        let asked = try question("sampling/createMessage", in: reply)
        #expect(asked["params"]?["maxTokens"] == 100, reply.exchange)
        let text = asked["params"]?["messages"]?[0]?["content"]?["text"]
        #expect(text?.string?.contains("Which city?") == true, reply.exchange)
        #expect(try ToolShapes.text(reply) == "LLM response: Paris is the answer", reply.exchange)
    }

    @Test("tools-call-elicitation", arguments: ToolsLegacy.revisions)
    func elicitation(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision)
        let answers = accepted(["username": "alice", "email": "alice@example.com"])
        let reply = try await client.call("test_elicitation", ["message": "Who are you?"], answering: answers)
        let asked = try question("elicitation/create", in: reply)
        #expect(asked["params"]?["message"] == "Who are you?", reply.exchange)
        let schema = asked["params"]?["requestedSchema"]
        #expect(schema?["type"] == "object", reply.exchange)
        for name in ["username", "email"] {
            #expect(schema?["properties"]?[name]?["type"] == "string", reply.exchange)
            #expect(schema?["required"]?.array?.contains(.string(name)) == true, reply.exchange)
        }
        _ = try ToolShapes.text(reply)
    }

    @Test("elicitation-sep1034-defaults") func defaults() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let reply = try await client.call(
            "test_elicitation_sep1034_defaults",
            answering: accepted(["name": "Jane"])
        )
        let asked = try question("elicitation/create", in: reply)
        let properties = asked["params"]?["requestedSchema"]?["properties"]
        let expected: [(String, type: JSONValue, default: JSONValue)] = [
            ("name", "string", "John Doe"), ("age", "integer", 30), ("score", "number", 95.5),
            ("status", "string", "active"), ("verified", "boolean", true),
        ]
        for (name, type, value) in expected {
            #expect(properties?[name]?["type"] == type, reply.exchange)
            #expect(properties?[name]?["default"] == value, reply.exchange)
        }
        #expect(properties?["status"]?["enum"] == ["active", "inactive", "pending"], reply.exchange)
        _ = try ToolShapes.text(reply)
    }

    @Test("elicitation-sep1330-enums") func enums() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let reply = try await client.call("test_elicitation_sep1330_enums", answering: accepted([:]))
        let asked = try question("elicitation/create", in: reply)
        let properties = try #require(asked["params"]?["requestedSchema"]?["properties"], reply.exchange)
        let untitled = properties["untitledSingle"]
        #expect(untitled?["type"] == "string" && untitled?["enum"]?.array?.isEmpty == false, reply.exchange)
        #expect(untitled?["oneOf"] == nil && untitled?["enumNames"] == nil, reply.exchange)
        let titled = properties["titledSingle"]
        #expect(titled?["type"] == "string" && titled?["enum"] == nil, reply.exchange)
        #expect(areTitled(titled?["oneOf"]), reply.exchange)
        let legacy = properties["legacyEnum"]
        #expect(legacy?["type"] == "string" && legacy?["enum"]?.array?.isEmpty == false, reply.exchange)
        #expect(legacy?["enum"]?.array?.count == legacy?["enumNames"]?.array?.count, reply.exchange)
        let multi = properties["untitledMulti"]
        #expect(multi?["type"] == "array" && multi?["items"]?["type"] == "string", reply.exchange)
        #expect(multi?["items"]?["enum"]?.array?.isEmpty == false, reply.exchange)
        #expect(multi?["items"]?["anyOf"] == nil, reply.exchange)
        let titledMulti = properties["titledMulti"]
        #expect(titledMulti?["type"] == "array" && areTitled(titledMulti?["items"]?["anyOf"]), reply.exchange)
        #expect(titledMulti?["items"]?["enum"] == nil, reply.exchange)
    }

    @Test("a client without the capability is told so in the result", arguments: ToolsLegacy.revisions)
    func withoutCapability(_ revision: Revision) async throws {
        let client = try await LegacyClient.shipped(revision, capabilities: [:])
        let reply = try await client.call("test_elicitation", ["message": "Who are you?"])
        #expect(reply.requests.isEmpty, reply.exchange)
        #expect(reply.result?["isError"] == true || reply.error != nil, reply.exchange)
    }

    @Test("an error as the answer to a question reaches the caller as words") func refused() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        let reply = try await client.call("test_sampling", ["prompt": "Which city?"])
        _ = try question("sampling/createMessage", in: reply)
        #expect(reply.result?["isError"] == true, reply.exchange)
        #expect(reply.result?["content"]?[0]?["text"]?.string?.isEmpty == false, reply.exchange)
    }

    /// The only question of an exchange, which travels on the POST's own stream before the result.
    private func question(
        _ method: String,
        in reply: Reply,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        #expect(reply.isEventStream, reply.exchange, sourceLocation: location)
        #expect(reply.requests.count == 1, reply.exchange, sourceLocation: location)
        let asked = try #require(reply.requests.first, reply.exchange, sourceLocation: location)
        #expect(asked["method"]?.string == method, reply.exchange, sourceLocation: location)
        return asked
    }

    private func accepted(_ content: JSONObject) -> JSONObject {
        ["elicitation/create": ["action": "accept", "content": .object(content)]]
    }

    private func areTitled(_ choices: JSONValue?) -> Bool {
        guard let choices = choices?.array, !choices.isEmpty else { return false }
        return choices.allSatisfy { $0["const"]?.string != nil && $0["title"]?.string != nil }
    }
}
