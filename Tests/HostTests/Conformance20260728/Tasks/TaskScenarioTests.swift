import RoostJSON
import Testing

@Suite("2026-07-28: tasks", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct TaskScenarioTests {
    let plain: ModernClient
    let client: ModernClient

    init() async throws {
        plain = try await .shipped()
        client = plain.knowingTasks
    }

    @Test("tasks-capability-negotiation") func negotiation() async throws {
        let discovered = try await client.send("server/discover").requireResult()
        #expect(discovered["capabilities"]?["extensions"]?[ModernClient.tasks] == [:])
        #expect(discovered["capabilities"]?["tasks"] == nil)
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            let reply = try await plain.send(method, ["taskId": "gate", "inputResponses": [:]])
            reply.expectError(-32021, status: 400)
            let required = reply.error?["data"]?["requiredCapabilities"]
            #expect(required == ["extensions": [ModernClient.tasks: [:]]], reply.exchange)
        }
        let direct = try await plain.call("slow_compute", ["seconds": 0])
        #expect(direct.result?["resultType"] == "complete", direct.exchange)
        #expect(direct.result?["taskId"] == nil && direct.result?["content"] != nil, direct.exchange)
        let optedIn = try await plain.begin(
            "slow_compute",
            ["seconds": 30],
            meta: [ModernClient.clientCapabilities: ["extensions": [ModernClient.tasks: [:]]]]
        )
        try await client.acknowledge("tasks/cancel", ["taskId": try #require(optedIn["taskId"])])
    }

    @Test("tasks-lifecycle: a direct answer, a task's beginning, its work and its result")
    func lifecycle() async throws {
        let direct = try await client.call("greet", ["name": "World"])
        #expect(
            direct.result?["resultType"] == "complete" && direct.result?["taskId"] == nil,
            direct.exchange
        )
        #expect(direct.result?["content"] == [["type": "text", "text": "Hello, World!"]], direct.exchange)

        let handle = try await client.begin("slow_compute", ["seconds": 0.5, "label": "x"])
        try TaskShapes.expectHandle(handle)
        #expect(handle["status"] == "working")
        let id = try #require(handle["taskId"])
        let first = try await client.task(id)
        #expect(["working", "completed"].contains(first["status"]?.string))
        let ended = try await client.wait(for: id)
        #expect(ended["status"] == "completed", "\(ended)")
        #expect(TaskShapes.text(ended) == "Computed x in 0.5 s.")
        #expect(ended["error"] == nil)
    }

    @Test("tasks-lifecycle: a tool's failure completes a task, a protocol error fails it")
    func failures() async throws {
        async let job = client.begin("failing_job")
        async let broken = client.begin("protocol_error_job")
        let ended = try await client.wait(for: try #require(try await job["taskId"]))
        #expect(ended["status"] == "completed" && ended["result"]?["isError"] == true, "\(ended)")
        let failed = try await client.wait(for: try #require(try await broken["taskId"]))
        #expect(failed["status"] == "failed" && failed["result"] == nil, "\(failed)")
        #expect(failed["error"]?["code"] == -32603 && failed["error"]?["message"]?.string != nil)
        #expect(failed["statusMessage"] == failed["error"]?["message"])
    }

    @Test("tasks-lifecycle: a cancelled task stays cancelled, however often it is cancelled")
    func cancellation() async throws {
        let id = try #require(try await client.begin("slow_compute", ["seconds": 60])["taskId"])
        try await client.acknowledge("tasks/cancel", ["taskId": id])
        let ended = try await client.wait(for: id)
        #expect(ended["status"] == "cancelled" && ended["result"] == nil && ended["error"] == nil, "\(ended)")
        try await client.acknowledge("tasks/cancel", ["taskId": id])
        let finished = try await client.begin("slow_compute", ["seconds": 0])
        let other = try #require(finished["taskId"])
        _ = try await client.wait(for: other)
        try await client.acknowledge("tasks/cancel", ["taskId": other])
        #expect(try await client.task(other)["status"] == "completed")
    }

    @Test("tasks-wire-fields") func wireFields() async throws {
        let handle = try await client.begin("slow_compute", ["seconds": 0.1])
        try TaskShapes.expectHandle(handle)
        let id = try #require(handle["taskId"])
        let ended = try await client.wait(for: id)
        try TaskShapes.expectTask(ended)
        #expect(ended["result"]?["_meta"]?["io.modelcontextprotocol/related-task"] == nil)
        let again = try await client.task(id)
        #expect(again == ended, "a result stays as it is until it expires")
    }

    @Test("tasks-request-state-removal") func requestState() async throws {
        let handle = try await client.begin("confirm_delete", ["filename": "state.txt"])
        #expect(handle["requestState"] == nil)
        let id = try #require(handle["taskId"])
        let asked = try await client.wait(for: id, ["input_required"])
        #expect(asked["requestState"] == nil && asked["inputRequests"] != nil, "\(asked)")
        try await client.acknowledge("tasks/cancel", ["taskId": id])
        #expect(try await client.task(id)["requestState"] == nil)
    }

    @Test("tasks-request-headers") func headers() async throws {
        let greeted = try await client.call("greet", ["name": "sep-2243"])
        #expect(greeted.result?["content"]?[0]?["text"] == "Hello, sep-2243!", greeted.exchange)
        let id = try #require(try await client.begin("slow_compute", ["seconds": 60])["taskId"])
        #expect(try await client.task(id)["status"] == "working")
        var call = client.request("tools/call", ["name": "greet", "arguments": ["name": "x"]])
        call.fields["Mcp-Method"] = "tasks/get"
        try await client.send(call).expectError(-32020, status: 400)
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            var request = client.request(method, ["taskId": id, "inputResponses": [:]])
            request.fields["Mcp-Name"] = "another-task"
            try await client.send(request).expectError(-32020, status: 400)
            request.fields["Mcp-Name"] = nil
            try await client.send(request).expectError(-32020, status: 400)
        }
        #expect(try await client.task(id)["status"] == "working", "a refused cancellation cancels nothing")
        try await client.acknowledge("tasks/cancel", ["taskId": id])
    }

    @Test("tasks-dispatch-and-envelope") func dispatch() async throws {
        try await client.send("tasks/result", ["taskId": "x"]).expectError(-32601, status: 404)
        try await client.send("tasks/list").expectError(-32601, status: 404)
        let params: JSONObject = [
            "name": "greet", "arguments": ["name": "hint"], "task": ["ttl": 60_000, "pollInterval": 100],
        ]
        let hinted = try await client.send("tools/call", params)
        #expect(hinted.result?["resultType"] == "complete", hinted.exchange)
        #expect(hinted.result?["content"]?[0]?["text"] == "Hello, hint!", hinted.exchange)
        // The handle is only given once any worker would find the task.
        let id = try #require(try await client.begin("slow_compute", ["seconds": 60])["taskId"])
        #expect(try await client.task(id)["status"] == "working")
        try await client.acknowledge("tasks/cancel", ["taskId": id])
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            let reply = try await client.send(method, ["taskId": "nonexistent-12345", "inputResponses": [:]])
            reply.expectError(-32602, status: 200)
        }
        try await client.send("tasks/get", [:]).expectError(-32602, status: 200)
    }

    @Test("tasks-required-task-error") func required() async throws {
        let reply = try await plain.call("failing_job")
        reply.expectError(-32021, status: 400)
        let needed = reply.error?["data"]?["requiredCapabilities"]?["extensions"]
        #expect(needed?[ModernClient.tasks] == [:], reply.exchange)
    }
}
