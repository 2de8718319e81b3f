import EverythingServer
import RoostKit
import RoostTesting
import Testing

@Suite("Everything: calls that go on as tasks")
struct TaskToolTests {
    @Test("the manifest says which calls may go on as tasks, and from when on")
    func hints() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let hints = try plugin.manifest["hints"]
            #expect(hints?["greet"]?["task"] == "never")
            for tool in ["slow_compute", "protocol_error_job", "confirm_delete", "multi_input"] {
                #expect(hints?[tool] == ["task": "always"])
            }
            #expect(hints?["failing_job"] == ["task": "required"])
            #expect(hints?["test_tool_with_task"] == ["task": "required", "taskAfterQuestions": true])
        }
    }

    @Test("greet greets, slow_compute says how far it is")
    func computes() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let greeted = try await plugin.callTool("greet", ["name": "World"])
            #expect(greeted.text == "Hello, World!")
            let call = plugin.begin("tools/call", "slow_compute", ["seconds": 0, "label": "pi"])
            let outcome = try await call.outcome()
            #expect(
                outcome == .complete(["content": [["type": "text", "text": "Computed pi in 0.0 s."]]])
            )
            #expect(call.progress.map(\.value) == [0, 1, 2, 3])
        }
    }

    @Test("slow_compute ends when it is cancelled")
    func cancels() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let call = plugin.begin("tools/call", "slow_compute", ["seconds": 100])
            call.cancel()
            let outcome = try await call.outcome()
            #expect(outcome == .cancelled)
        }
    }

    @Test("failing_job fails for the model, protocol_error_job for the client")
    func fails() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            async let failing = plugin.callTool("failing_job")
            let error = await #expect(throws: RPCError.self) {
                try await plugin.callTool("protocol_error_job")
            }
            #expect(error?.code.rawValue == -32603)
            let failed = try await failing
            #expect(failed.isError)
        }
    }

    @Test("the tools that ask complete with their answers")
    func asks() async throws {
        try await withPlugin(EverythingServer.self) { plugin in
            let deleted = try await plugin.callTool("confirm_delete", ["filename": "x"]) { _ in
                .accept(["confirm": true])
            }
            #expect(deleted.text == "Deleted x, if it had been there.")
            let kept = try await plugin.callTool("confirm_delete", ["filename": "x"]) { _ in
                .accept(["confirm": false])
            }
            #expect(kept.text == "Kept x.")
            let both = try await plugin.callTool("multi_input") { question in
                question.key == "name" ? .accept(["name": "Ada"]) : .accept(["confirm": true])
            }
            #expect(both.text == "Ada says yes.")
            let greeting = try await plugin.callTool("test_tool_with_task") { _ in .accept(["name": "Ada"]) }
            #expect(greeting.text == "Hello, Ada, from a task.")
        }
    }
}
