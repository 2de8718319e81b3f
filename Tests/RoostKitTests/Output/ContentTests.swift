import Testing

@testable import RoostKit

/// The JSON text of a result.
func resultBytes(_ result: ToolResult) -> [UInt8] { result.bytes }

@Suite("Content blocks")
struct ContentTests {
    @Test("have the shapes of MCP")
    func shapes() throws {
        #expect(Content.text("hi").json == ["type": "text", "text": "hi"])
        #expect(
            Content.image([1, 2, 3], mimeType: "image/png").json == [
                "type": "image", "data": "AQID", "mimeType": "image/png",
            ]
        )
        #expect(
            Content.audio([255], mimeType: "audio/wav").json == [
                "type": "audio", "data": "/w==", "mimeType": "audio/wav",
            ]
        )
        #expect(
            Content.resourceLink(ResourceLink("a://b", name: "b", size: 3)).json == [
                "type": "resource_link", "uri": "a://b", "name": "b", "size": 3,
            ]
        )
        #expect(
            Content.resource(.blob([0], uri: "a://b", mimeType: "x/y")).json == [
                "type": "resource", "resource": ["uri": "a://b", "mimeType": "x/y", "blob": "AA=="],
            ]
        )
    }

    @Test("carry annotations and _meta")
    func annotated() throws {
        let annotations = ContentAnnotations(
            audience: [.user, .assistant],
            priority: 0.5,
            lastModified: "2026-11-22T00:00:00Z"
        )
        let block = Content(.text("hi"), annotations: annotations, meta: ["dev.example/a": 1])
        #expect(
            block.json == [
                "type": "text", "text": "hi",
                "annotations": [
                    "audience": ["user", "assistant"], "priority": 0.5,
                    "lastModified": "2026-11-22T00:00:00Z",
                ],
                "_meta": ["dev.example/a": 1],
            ]
        )
    }

    @Test("a result says that it is an error only when it is one")
    func results() throws {
        #expect(try json(String(decoding: ToolResult(["a"]).bytes, as: UTF8.self))["isError"] == nil)
        #expect(
            try json(String(decoding: ToolResult([], isError: true).bytes, as: UTF8.self))["isError"] == true
        )
    }
}
