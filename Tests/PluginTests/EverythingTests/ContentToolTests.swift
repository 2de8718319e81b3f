import EverythingServer
import FoundationEssentials
import RoostKit
import RoostTesting
import Testing

@Suite("Everything: content")
struct ContentToolTests {
    private func call(_ tool: String) async throws -> ToolCallResult {
        try await withPlugin(EverythingServer.self) { try await $0.callTool(tool) }
    }

    @Test("test_simple_text answers one text")
    func simpleText() async throws {
        let result = try await call("test_simple_text")
        #expect(result.content == [["type": "text", "text": "This is a simple text response for testing."]])
    }

    @Test("test_image_content answers a PNG")
    func image() async throws {
        let block = try #require(try await call("test_image_content").content.first)
        #expect(block["type"] == "image")
        #expect(block["mimeType"] == "image/png")
        let data = try #require(Data(base64Encoded: block["data"]?.string ?? ""))
        #expect(Array(data.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    }

    @Test("test_audio_content answers a WAV whose header tells its true size")
    func audio() async throws {
        let block = try #require(try await call("test_audio_content").content.first)
        #expect(block["type"] == "audio")
        #expect(block["mimeType"] == "audio/wav")
        let data = Array(try #require(Data(base64Encoded: block["data"]?.string ?? "")))
        #expect(data.prefix(4) == Array("RIFF".utf8)[...])
        #expect(Int(data[4]) == data.count - 8)
    }

    @Test("test_embedded_resource answers a resource with its URI, type and text")
    func embedded() async throws {
        let resource = try #require(try await call("test_embedded_resource").content.first?["resource"])
        #expect(resource["uri"] == "test://embedded-resource")
        #expect(resource["mimeType"] == "text/plain")
        #expect(resource["text"]?.string?.isEmpty == false)
    }

    @Test("test_multiple_content_types answers a text, a picture and a resource")
    func mixed() async throws {
        let types = try await call("test_multiple_content_types").content.compactMap { $0["type"]?.string }
        #expect(types == ["text", "image", "resource"])
    }

    @Test("test_resource_link points to a resource that can be read")
    func link() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let block = try #require(try await plugin.callTool("test_resource_link").content.first)
            #expect(block["type"] == "resource_link")
            let contents = try await plugin.readResource(block["uri"]?.string ?? "")
            #expect(contents.count == 1)
        }
    }

    @Test("test_structured_content answers what its output schema promises")
    func structured() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let result = try await plugin.callTool(
                "test_structured_content",
                ["days": 2, "units": "imperial"]
            )
            #expect(
                result.structured == [
                    "city": "Oslo", "units": "imperial",
                    "days": [["high": 45.5, "low": 36.5, "note": "today"], ["high": 47.3, "low": 38.3]],
                ]
            )
            let tools = try plugin.manifest["tools"]?.array ?? []
            let schema = tools.first { $0["name"] == "test_structured_content" }?["outputSchema"]
            #expect(schema?["properties"]?["days"]?["items"]?["required"] == ["high", "low"])
            #expect(schema?["required"] == ["city", "units", "days"])
        }
    }

    @Test("test_error_handling answers an error in words")
    func error() async throws {
        let result = try await call("test_error_handling")
        #expect(result.isError)
        #expect(result.text == "This tool intentionally returns an error for testing.")
    }

    @Test("test_x_mcp_header takes the region that its schema mirrors")
    func header() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let result = try await plugin.callTool("test_x_mcp_header", ["region": "eu"])
            #expect(result.text == "Region: eu")
            let tool = try plugin.manifest["tools"]?.array?.first { $0["name"] == "test_x_mcp_header" }
            let property = try #require(tool?["inputSchema"]?["properties"]?["region"])
            #expect(property["x-mcp-header"] == "Region")
            #expect(property["type"] == "string")
        }
    }

    @Test("json_schema_2020_12_tool lists its schema word for word and takes what it allows")
    func schema() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let tools = try plugin.manifest["tools"]?.array ?? []
            let schema = try #require(
                tools.first { $0["name"] == "json_schema_2020_12_tool" }?["inputSchema"]
            )
            #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
            #expect(schema["$defs"]?["address"]?["$anchor"] == "addressDef")
            #expect(schema["properties"]?["address"] == ["$ref": "#/$defs/address"])
            #expect(schema["allOf"] == [["anyOf": [["required": ["phone"]], ["required": ["email"]]]]])
            #expect(schema["if"]?["required"] == ["contactMethod"])
            #expect(schema["then"] == ["required": ["phone"]])
            #expect(schema["else"] == ["required": ["email"]])
            #expect(schema["additionalProperties"] == false)
            let result = try await plugin.callTool("json_schema_2020_12_tool", ["email": "a@b.c"])
            #expect(result.text.hasSuffix(#"{"email":"a@b.c"}"#))
        }
    }
}
