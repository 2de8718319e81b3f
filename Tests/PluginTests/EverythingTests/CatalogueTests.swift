import EverythingServer
import RoostKit
import RoostTesting
import Testing

@Suite("Everything: prompts and resources")
struct CatalogueTests {
    @Test("test_simple_prompt says one sentence")
    func simple() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let messages = try await plugin.getPrompt("test_simple_prompt")
            #expect(
                messages == [
                    [
                        "role": "user",
                        "content": ["type": "text", "text": "This is a simple prompt for testing."],
                    ]
                ]
            )
        }
    }

    @Test("test_prompt_with_arguments puts both arguments into its message")
    func arguments() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let messages = try await plugin.getPrompt(
                "test_prompt_with_arguments",
                ["arg1": "hello", "arg2": "world"]
            )
            let text = messages.first?["content"]?["text"]?.string ?? ""
            #expect(text.contains("hello"))
            #expect(text.contains("world"))
        }
    }

    @Test("test_prompt_with_embedded_resource carries the resource it was told")
    func embedded() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let messages = try await plugin.getPrompt(
                "test_prompt_with_embedded_resource",
                ["resourceUri": "test://example-resource"]
            )
            #expect(messages.first?["content"]?["type"] == "resource")
            #expect(messages.first?["content"]?["resource"]?["uri"] == "test://example-resource")
        }
    }

    @Test("test_prompt_with_image carries a picture")
    func image() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let messages = try await plugin.getPrompt("test_prompt_with_image")
            #expect(messages.first?["content"]?["type"] == "image")
            #expect(messages.first?["content"]?["mimeType"] == "image/png")
            #expect(messages.first?["content"]?["data"]?.string?.isEmpty == false)
        }
    }

    @Test("arg1 completes")
    func completion() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let values = try await plugin.complete(
                prompt: "test_prompt_with_arguments",
                argument: "arg1",
                value: "test"
            )
            #expect(values == ["test-value-1", "test-value-2"])
        }
    }

    @Test("every prompt has a description")
    func descriptions() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            for prompt in try plugin.manifest["prompts"]?.array ?? [] {
                #expect(prompt["description"]?.string?.isEmpty == false)
            }
        }
    }

    @Test("every listed resource can be read, with its own URI and type")
    func resources() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let listed = try plugin.manifest["resources"]?.array ?? []
            #expect(
                listed.compactMap { $0["uri"]?.string } == [
                    "test://static-text", "test://static-binary", "test://watched-resource",
                ]
            )
            for resource in listed {
                let contents = try await plugin.readResource(resource["uri"]?.string ?? "")
                #expect(contents.map { $0["uri"] } == [resource["uri"]])
                #expect(contents.map { $0["mimeType"] } == [resource["mimeType"]])
            }
        }
    }

    @Test("the static ones are a text and a PNG")
    func staticOnes() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let text = try await plugin.readResource("test://static-text")
            #expect(text.first?["text"] == "This is the content of the static text resource.")
            let binary = try await plugin.readResource("test://static-binary")
            #expect(binary.first?["blob"]?.string?.hasPrefix("iVBORw0KGgo") == true)
        }
    }

    @Test("the template reads any id")
    func template() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let contents = try await plugin.readResource("test://template/123/data")
            #expect(contents.first?["uri"] == "test://template/123/data")
            #expect(contents.first?["mimeType"] == "application/json")
            #expect(contents.first?["text"] == #"{"id":"123","data":"Data for ID: 123"}"#)
        }
    }

    @Test("an unknown resource is not found, with its URI")
    func unknown() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let uri = "test://nonexistent-resource-for-conformance-testing"
            let error = await #expect(throws: RPCError.self) { try await plugin.readResource(uri) }
            #expect(error?.code == .invalidParams)
            #expect(error?.data == ["uri": .string(uri)])
        }
    }
}
