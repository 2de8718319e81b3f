import EventWaiting
import RoostJSON
import Testing

@Suite("Tasks of one host", .timeLimit(.minutes(1)))
struct TasksOfOneHost {
    @Test("a call becomes a task when it outlives its client's patience, and only then")
    func patience() async throws {
        let client = ModernClient(port: try await RunningHost.shipped.value.port, path: "/mcp/echo")
            .knowingTasks
        let quick = try await client.call("add", ["a": 1, "b": 2])
        #expect(quick.result?["resultType"] == "complete", quick.exchange)
        let handle = try await client.begin("sleep", ["seconds": 25], meta: ["roost/taskAfterMs": 50])
        try TaskShapes.expectHandle(handle)
        let id = try #require(handle["taskId"])
        #expect(try await client.task(id)["status"] == "working")
        try await client.acknowledge("tasks/cancel", ["taskId": id])
        #expect(try await client.task(id)["status"] == "cancelled")
        let now = try await client.begin("add", ["a": 1, "b": 2], meta: ["roost/taskAfterMs": 0])
        let ended = try await client.wait(for: try #require(now["taskId"]))
        #expect(ended["result"]?["content"] == quick.result?["content"], "\(ended)")
    }

    @Test("what policies answer is answered at once: arguments that do not fit make no task")
    func refusals() async throws {
        let client = try await ModernClient.shipped().knowingTasks
        let reply = try await client.call("slow_compute", ["seconds": "many"])
        #expect(reply.result?["resultType"] == "complete", reply.exchange)
        #expect(reply.result?["isError"] == true, reply.exchange)
        try await client.call("no_such_tool").expectError(-32602, status: 200)
    }

    @Test("progress becomes the task's message, whether or not the client asked for progress")
    func progress() async throws {
        let client = try await ModernClient.shipped().knowingTasks
        let id = try #require(
            try await client.begin("slow_compute", ["seconds": 100, "label": "pi"])["taskId"]
        )
        let task = try await poll(for: "a message") {
            let task = try await client.task(id)
            return task["statusMessage"] == nil ? JSONValue?.none : task
        }
        #expect(task["statusMessage"] == "Computing pi (0 of 4)", "\(task)")
        try await client.acknowledge("tasks/cancel", ["taskId": id])
    }

    @Test("a client of an older revision waits, and is told where a tool needs tasks")
    func legacy() async throws {
        let client = try await LegacyClient.shipped(.november2025)
        #expect(client.initialized.result?["capabilities"]?["extensions"] == nil)
        let direct = try await client.call("slow_compute", ["seconds": 0])
        #expect(direct.result?["content"] != nil && direct.result?["taskId"] == nil, direct.exchange)
        let refused = try await client.call("failing_job")
        #expect(refused.result?["isError"] == true, refused.exchange)
        #expect(refused.result?["content"]?[0]?["text"]?.string?.contains("tasks") == true, refused.exchange)
        let unknown = try await client.send("tasks/get", ["taskId": "x"])
        #expect(unknown.code == -32601, unknown.exchange)
    }

    @Test("a task is its principal's and its address's own: for everybody else there is none")
    func ownership() async throws {
        var file = HostFile(plugins: [("everything", "libEverything.so")])
        file.further = Credentials.configuration
        let host = try await RunningHost.start(file)
        defer { host.stop() }
        let client = ModernClient(port: host.port).knowingTasks
        let alice = Credentials.token("everything")
        let bob = Credentials.token("everything", subject: "bob")
        let params: JSONObject = ["name": "slow_compute", "arguments": ["seconds": 100]]
        let begun = try await client.send(client.request("tools/call", params).showing(alice))
        let id = try #require(begun.result?["taskId"], begun.exchange)
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            let request = client.request(method, ["taskId": id, "inputResponses": [:]])
            try await client.send(request.showing(bob)).expectError(-32602, status: 200)
            #expect(try await client.send(request).status == 401)
        }
        var elsewhere = client
        elsewhere.path = "/mcp"
        let request = elsewhere.request("tasks/get", ["taskId": id])
        try await elsewhere.send(request.showing(alice)).expectError(-32602, status: 200)
        var listen = client.request("subscriptions/listen", ["notifications": ["taskIds": [id]]])
        listen = listen.showing(bob)
        let heard = try await client.send(listen)
        #expect(heard.notifications.count == 1, heard.exchange)
        #expect(heard.notifications.first?["params"]?["notifications"] == [:], heard.exchange)
        let own = try await client.send(client.request("tasks/get", ["taskId": id]).showing(alice))
        #expect(own.result?["status"] == "working", own.exchange)
        let scope = client.request("tools/call", params).showing(Credentials.token("everything:read echo"))
        let reading = try await client.send(scope)
        #expect(reading.result?["resultType"] == "task", "a tool that only reads. \(reading)")
        let denied = client.request("tools/call", ["name": "failing_job", "arguments": [:]])
        let refused = try await client.send(denied.showing(Credentials.token("everything:read")))
        #expect(refused.status == 403, refused.exchange)
    }

    @Test("a task is kept for its time after its end, then there is none")
    func expiry() async throws {
        var file = HostFile(plugins: [("everything", "libEverything.so")])
        file.further = "tasks: { ttl: 1s, deadline: 1m, poll_interval: 10ms }"
        let host = try await RunningHost.start(file)
        defer { host.stop() }
        let client = ModernClient(port: host.port).knowingTasks
        let handle = try await client.begin("slow_compute", ["seconds": 0])
        #expect(handle["ttlMs"] == 61_000 && handle["pollIntervalMs"] == 10, "\(handle)")
        let id = try #require(handle["taskId"])
        let gone = try await poll(for: "the task's end") {
            let reply = try await client.send("tasks/get", ["taskId": id])
            return reply.error == nil ? Reply?.none : reply
        }
        gone.expectError(-32602, status: 200)
    }

    @Test("a host may offer no tasks, and serves every tool directly")
    func disabled() async throws {
        var file = HostFile(plugins: [("everything", "libEverything.so")])
        file.further = "tasks: { enabled: false }"
        let host = try await RunningHost.start(file)
        defer { host.stop() }
        let client = ModernClient(port: host.port).knowingTasks
        let discovered = try await client.send("server/discover")
        #expect(discovered.result?["capabilities"]?["extensions"] == nil, discovered.exchange)
        try await client.send("tasks/get", ["taskId": "x"]).expectError(-32601, status: 404)
        let direct = try await client.call("failing_job")
        #expect(direct.result?["isError"] == true, direct.exchange)
    }

    @Test("a task has a time of its own, in place of the limits for requests")
    func deadline() async throws {
        var file = HostFile(plugins: [("everything", "libEverything.so")])
        file.settings["everything"] = "    limits: { deadline: 1s }"
        file.further = "limits: { deadline: 1s }\ntasks: { deadline: 40s }"
        let host = try await RunningHost.start(file)
        defer { host.stop() }
        let plain = ModernClient(port: host.port)
        let client = plain.knowingTasks
        async let late = plain.call("slow_compute", ["seconds": 30])
        let handle = try await client.begin("slow_compute", ["seconds": 1.5])
        let asked = try await client.begin("slow_compute", ["seconds": 30], meta: ["roost/deadlineMs": 200])
        let ended = try await client.wait(for: try #require(handle["taskId"]))
        #expect(ended["status"] == "completed", "\(ended)")
        let reply = try await late
        #expect(reply.error?["data"]?["cause"] == "deadline", reply.exchange)
        let failed = try await client.wait(for: try #require(asked["taskId"]))
        #expect(failed["status"] == "failed" && failed["error"]?["data"]?["cause"] == "deadline", "\(failed)")
    }
}
