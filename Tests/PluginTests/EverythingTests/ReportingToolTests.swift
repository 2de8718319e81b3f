import EverythingServer
import RoostKit
import RoostTesting
import Testing

@Suite("Everything: what is said during a call")
struct ReportingToolTests {
    @Test("test_tool_with_progress reports 0, 50 and 100 of 100, then answers")
    func progress() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let call = plugin.begin("tools/call", "test_tool_with_progress")
            _ = try await call.outcome()
            #expect(call.progress.map(\.value) == [0, 50, 100])
            #expect(call.progress.allSatisfy { $0.total == 100 })
        }
    }

    @Test("test_tool_with_logging writes three lines")
    func logging() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let call = plugin.begin("tools/call", "test_tool_with_logging")
            _ = try await call.outcome()
            #expect(call.logs.map(\.level) == [.info, .info, .info])
        }
    }

    @Test("test_logging_tool writes to a client that asks, and not to one that does not")
    func optionalLogging() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let asked = plugin.begin("tools/call", "test_logging_tool")
            _ = try await asked.outcome()
            #expect(asked.logs.count == 1)
            let silent = plugin.begin("tools/call", "test_logging_tool", client: TestClient(logLevel: nil))
            _ = try await silent.outcome()
            #expect(silent.logs.isEmpty)
        }
    }

    @Test("test_reconnection frees the connection before it answers")
    func reconnection() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let call = plugin.begin("tools/call", "test_reconnection")
            let outcome = try await call.outcome()
            #expect(call.streamCloses == [.milliseconds(500)])
            let text = "The result waited until the client came back."
            #expect(outcome == .complete(["content": [["type": "text", "text": .string(text)]]]))
        }
    }

    @Test("test_update_watched_resource changes the resource and says so")
    func watched() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let before = try await plugin.readResource("test://watched-resource")
            _ = try await plugin.callTool("test_update_watched_resource")
            #expect(plugin.updatedResources == ["test://watched-resource"])
            let after = try await plugin.readResource("test://watched-resource")
            #expect(before != after)
        }
    }

    @Test("test_trigger_tool_change and test_trigger_prompt_change really change the lists, there and back")
    func lists() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let first = try plugin.manifest
            _ = try await plugin.callTool("test_trigger_tool_change")
            let second = try plugin.manifest
            #expect(second["tools"]?.array?.last?["name"] == "test_changed_tool")
            #expect(second["prompts"] == first["prompts"])
            _ = try await plugin.callTool("test_trigger_prompt_change")
            #expect(try plugin.manifest["prompts"]?.array?.last?["name"] == "test_changed_prompt")
            let added = try await plugin.callTool("test_changed_tool")
            #expect(!added.isError)
            _ = try await plugin.callTool("test_trigger_tool_change")
            _ = try await plugin.callTool("test_trigger_prompt_change")
            #expect(try plugin.manifest == first)
            #expect(plugin.manifestChanges == 4)
        }
    }

    @Test("the first tool can be called without arguments")
    func first() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let tool = try #require(try plugin.manifest["tools"]?[0])
            #expect(tool["inputSchema"]?["required"] == nil)
            let result = try await plugin.callTool(tool["name"]?.string ?? "")
            #expect(!result.isError)
        }
    }

    @Test("every tool has a description, and a name the suite accepts")
    func names() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            for tool in try plugin.manifest["tools"]?.array ?? [] {
                let name = tool["name"]?.string ?? ""
                #expect((1...64).contains(name.count))
                #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
                #expect(tool["description"]?.string?.isEmpty == false)
                #expect(tool["inputSchema"]?["type"] == "object")
            }
        }
    }
}
