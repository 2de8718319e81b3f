import MCP
import RoostJSON
import Testing

@Suite("Results take the form of the client's revision")
struct ResultTests {
    private let modern = ModernResult(serverInfo: Implementation(name: "s", version: "1"))

    private func view(_ text: String) throws -> JSONView { try JSONDocument(parsing: text).root }

    @Test("a modern result says that it is complete and whose it is, and keeps the plugin's words")
    func complete() throws {
        let bytes = modern.complete(
            try view(#"{"content":[{"type":"text","text":"a\/b"}],"_meta":{"x.y/z":1}}"#)
        )
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"resultType":"complete","content":[{"type":"text","text":"a\/b"}],"_meta":{"x.y/z":1,"io.modelcontextprotocol/serverInfo":{"name":"s","version":"1"}}}"#
        )
    }

    @Test("cache hints are added where the plugin gave none")
    func hints() throws {
        let hint = ModernResult.CacheHint(timeToLive: .seconds(2), isPublic: true)
        let added = try JSONValue(parsing: modern.complete(try view(#"{"contents":[]}"#), cacheHint: hint))
        #expect(added["ttlMs"] == 2000 && added["cacheScope"] == "public")
        let kept = try JSONValue(
            parsing: modern.complete(
                try view(#"{"contents":[],"ttlMs":5,"cacheScope":"private"}"#),
                cacheHint: hint
            )
        )
        #expect(kept["ttlMs"] == 5 && kept["cacheScope"] == "private")
    }

    @Test("modern members never reach a legacy client")
    func strip() throws {
        let shaped = LegacyResult.shape(
            try view(#"{"resultType":"complete","contents":[],"ttlMs":5,"cacheScope":"public"}"#),
            method: "resources/read",
            version: .v2025_11_25
        )
        #expect(String(decoding: shaped, as: UTF8.self) == #"{"contents":[]}"#)
    }

    @Test("content a revision does not know becomes text")
    func downgrade() throws {
        let result = try view(
            #"{"content":[{"type":"audio","data":"","mimeType":"audio/wav"},{"type":"resource_link","uri":"a:b","name":"n"}],"structuredContent":{"a":1}}"#
        )
        let oldest = try JSONValue(
            parsing: LegacyResult.shape(result, method: "tools/call", version: .v2024_11_05)
        )
        #expect(
            oldest == [
                "content": [
                    ["type": "text", "text": "[audio, audio/wav]"], ["type": "text", "text": "n: a:b"],
                ]
            ]
        )
        let newest = try JSONValue(
            parsing: LegacyResult.shape(result, method: "tools/call", version: .v2025_11_25)
        )
        #expect(newest == JSONValue(result))
    }

    @Test("structured content that is no object is kept from legacy clients, and so is its schema")
    func structured() throws {
        let result = try view(#"{"content":[],"structuredContent":[1,2]}"#)
        let shaped = LegacyResult.shape(result, method: "tools/call", version: .v2025_11_25)
        #expect(String(decoding: shaped, as: UTF8.self) == #"{"content":[]}"#)
        var writer = JSONWriter()
        LegacyResult.write(
            tool: try view(#"{"name":"t","outputSchema":{"type":"array"}}"#),
            for: .v2025_11_25,
            to: &writer
        )
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"name":"t"}"#)
    }

    @Test(
        "initialize never agrees on a modern revision",
        arguments: [
            ("2025-06-18", ProtocolVersion.v2025_06_18), ("2024-11-05", .v2024_11_05),
            ("2026-07-28", .v2025_11_25),
            ("1.0", .v2025_11_25),
        ]
    )
    func initialize(requested: String, agreed: ProtocolVersion) throws {
        let params = try view(#"{"protocolVersion":"\#(requested)","capabilities":{}}"#)
        #expect(try InitializeRequest(params).version == agreed)
    }
}
