import RoostJSON
import Testing

/// What the prompts of the everything plugin answer, in every revision.
enum PromptShapes {
    static let names = [
        "test_simple_prompt", "test_prompt_with_arguments", "test_prompt_with_embedded_resource",
        "test_prompt_with_image",
    ]

    static func list(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let prompts = try #require(reply.result?["prompts"]?.array, reply.exchange, sourceLocation: location)
        for name in names {
            #expect(prompts.contains { $0["name"]?.string == name }, reply.exchange, sourceLocation: location)
        }
        #expect(
            prompts.allSatisfy { $0["description"]?.string?.isEmpty == false },
            reply.exchange,
            sourceLocation: location
        )
    }

    static func simple(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let content = try contents(reply, location)
        #expect(
            content.contains { $0["text"]?.string?.isEmpty == false },
            reply.exchange,
            sourceLocation: location
        )
    }

    /// The arguments both stand in the messages.
    static func arguments(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let text = try contents(reply, location).compactMap { $0["text"]?.string }.joined(separator: "\n")
        #expect(
            text.contains("testValue1") && text.contains("testValue2"),
            reply.exchange,
            sourceLocation: location
        )
    }

    static func embeddedResource(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let resource = try contents(reply, location).first { $0["type"] == "resource" }?["resource"]
        #expect(resource?["uri"] == "test://example-resource", reply.exchange, sourceLocation: location)
        let payload = resource?["text"] ?? resource?["blob"]
        #expect(payload?.string?.isEmpty == false, reply.exchange, sourceLocation: location)
    }

    static func image(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let image = try contents(reply, location).first { $0["type"] == "image" }
        #expect(image?["mimeType"]?.string?.isEmpty == false, reply.exchange, sourceLocation: location)
        ToolShapes.expectBase64(image?["data"], reply, location)
    }

    static func completion(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        #expect(reply.status == 200, reply.exchange, sourceLocation: location)
        let values = reply.result?["completion"]?["values"]?.array
        #expect(values != nil, reply.exchange, sourceLocation: location)
        #expect((values?.count ?? 0) <= 100, reply.exchange, sourceLocation: location)
    }

    /// The parameters of the completion every revision asks for.
    static let completionParams: JSONObject = [
        "ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"],
        "argument": ["name": "arg1", "value": "test"],
    ]

    private static func contents(_ reply: Reply, _ location: SourceLocation) throws -> [JSONValue] {
        #expect(reply.status == 200, reply.exchange, sourceLocation: location)
        let messages = try #require(
            reply.result?["messages"]?.array,
            reply.exchange,
            sourceLocation: location
        )
        #expect(!messages.isEmpty, reply.exchange, sourceLocation: location)
        return messages.compactMap { $0["content"] }
    }
}
