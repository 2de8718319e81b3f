import RoostKit
import RoostTesting
import Testing

@Suite("What becomes of an error")
struct ErrorMappingTests {
    struct Secret: Error {}

    struct Failing: OneToolPlugin {
        var tools: [AnyTool] {
            Fail()
            Fixed()
        }
        var prompts: [Prompt] {
            Prompt("fails") { _, _ in throw Secret() }
            Prompt("explains") { _, _ in throw ToolError("No such day.") }
            Prompt("needs", arguments: [PromptArgument("day", required: true)]) { arguments, _ in
                [.user("Day \(arguments.day)")]
            }
        }
        var resources: [Resource] { Resource("test://empty", name: "empty") { _ in [] } }
    }

    struct Fail: Tool {
        static let description = "Fails as it is told."

        struct Input: ToolInput {
            enum Way: String, CaseIterable, ParamValue { case tool, rpc, unexpected, cancellation }
            @Param("How") var way: Way
        }

        func call(_ input: Input, _ context: CallContext) async throws -> String {
            switch input.way {
            case .tool: throw ToolError("The city is not known. Try a larger one.")
            case .rpc: throw RPCError(-1234, "Not now.", data: ["later": true])
            case .unexpected: throw Secret()
            case .cancellation: throw CancellationError()
            }
        }
    }

    struct Fixed: RawTool {
        let name = "raw"
        let description = "Answers what it was given."
        let inputSchema = #"{"type":"object"}"#
        func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
            ToolResult(structured: arguments)
        }
    }

    @Test("a tool error reaches the model as text")
    func toolError() async throws {
        try await withPlugin(Failing.self) { plugin in
            let result = try await plugin.callTool("fail", ["way": "tool"])
            #expect(result.isError)
            #expect(result.text == "The city is not known. Try a larger one.")
        }
    }

    @Test("a protocol error reaches the client as it is")
    func rpcError() async throws {
        try await withPlugin(Failing.self) { plugin in
            let outcome = try await plugin.begin("tools/call", "fail", ["way": "rpc"]).outcome()
            #expect(outcome == .error(RPCError(-1234, "Not now.", data: ["later": true])))
        }
    }

    @Test("an unexpected error reaches only the log, under an id that the model can quote")
    func unexpected() async throws {
        try await withPlugin(Failing.self) { plugin in
            let result = try await plugin.callTool("fail", ["way": "unexpected"])
            #expect(result.isError)
            #expect(!result.text.contains("Secret"))
            let line = try #require(plugin.logs.first)
            let id = try #require(line.text.split(separator: "[").last?.prefix { $0 != "]" })
            #expect(id.count == 8)
            #expect(result.text.contains(id))
            #expect(line.text.contains("Secret"))
            #expect(line.level == .error)
        }
    }

    @Test("a cancellation that nobody asked for is unexpected")
    func cancellation() async throws {
        try await withPlugin(Failing.self) { plugin in
            let result = try await plugin.callTool("fail", ["way": "cancellation"])
            #expect(result.isError)
        }
    }

    @Test("arguments that do not fit become text that says which and why")
    func mismatch() async throws {
        try await withPlugin(Failing.self) { plugin in
            let result = try await plugin.callTool("fail", ["way": "loud"])
            #expect(result.isError)
            #expect(result.text.contains("Argument 'way': expected one of"))
        }
    }

    @Test("an unknown tool, prompt or method is a protocol error")
    func unknown() async throws {
        try await withPlugin(Failing.self) { plugin in
            let tool = try await plugin.begin("tools/call", "nope").outcome()
            #expect(tool == .error(RPCError(.invalidParams, "Unknown tool: nope")))
            let prompt = try await plugin.begin("prompts/get", "nope").outcome()
            #expect(prompt == .error(RPCError(.invalidParams, "Unknown prompt: nope")))
            guard case .error(let error) = try await plugin.begin("tools/destroy", "x").outcome() else {
                Issue.record("Expected an error for an unknown method.")
                return
            }
            #expect(error.code == .methodNotFound)
        }
    }

    @Test(
        "an unknown or empty resource is not found, with its URI",
        arguments: ["test://nothing", "test://empty"]
    )
    func noResource(uri: String) async throws {
        try await withPlugin(Failing.self) { plugin in
            let outcome = try await plugin.begin("resources/read", uri).outcome()
            #expect(outcome == .error(RPCError.resourceNotFound(uri)))
            #expect(RPCError.resourceNotFound(uri).data == ["uri": .string(uri)])
        }
    }

    @Test("errors of prompts are protocol errors, without what the author did not say")
    func prompts() async throws {
        try await withPlugin(Failing.self) { plugin in
            let explained = try await plugin.begin("prompts/get", "explains").outcome()
            #expect(explained == .error(RPCError(.internalError, "No such day.")))
            guard case .error(let error) = try await plugin.begin("prompts/get", "fails").outcome() else {
                Issue.record("Expected an error.")
                return
            }
            #expect(error.code == .internalError)
            #expect(!error.message.contains("Secret"))
        }
    }

    @Test("a required prompt argument that is missing is named")
    func promptArgument() async throws {
        try await withPlugin(Failing.self) { plugin in
            let error = await #expect(throws: RPCError.self) { try await plugin.getPrompt("needs") }
            #expect(error?.code == .invalidParams)
            #expect(error?.message.contains("'day'") == true)
            let found1 = try await plugin.getPrompt("needs", ["day": "Monday"])[0]["content"]?["text"]
            #expect(found1 == "Day Monday")
        }
    }

    @Test("a raw tool gets its arguments as they came")
    func raw() async throws {
        try await withPlugin(Failing.self) { plugin in
            let result = try await plugin.callTool("raw", ["b": 1, "a": [true, nil]])
            #expect(result.structured == ["b": 1, "a": [true, nil]])
            #expect(result.text == #"{"b":1,"a":[true,null]}"#)
        }
    }
}
