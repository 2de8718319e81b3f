import EventWaiting
import RoostJSON
import Testing

@Suite("2026-07-28: tasks that ask, and who listens to tasks", .whereWireSchemasAre, .timeLimit(.minutes(1)))
struct TaskInputTests {
    let client: ModernClient

    init() async throws { client = try await .shipped().knowingTasks }

    @Test("tasks-mrtr-input: a question is shown, and its answer resumes the task")
    func resumes() async throws {
        let id = try #require(try await client.begin("confirm_delete", ["filename": "a.txt"])["taskId"])
        let asked = try await client.wait(for: id, ["input_required"])
        let requests = try #require(asked["inputRequests"]?.object)
        #expect(requests.count == 1)
        let question = try #require(requests.members.first)
        #expect(question.value["method"] == "elicitation/create")
        #expect(question.value["params"]?["message"] == "Delete a.txt?")
        // Keys of no open question are passed over, whatever stands there.
        try await client.acknowledge(
            "tasks/update",
            ["taskId": id, "inputResponses": ["unknown": ["ignored": true], "more": 7]]
        )
        #expect(try await client.task(id)["inputRequests"] == asked["inputRequests"])
        let malformed = try await client.send(
            "tasks/update",
            ["taskId": id, "inputResponses": .object([question.key: 7])]
        )
        malformed.expectError(-32602, status: 200)
        try await client.acknowledge(
            "tasks/update",
            ["taskId": id, "inputResponses": .object([question.key: TaskShapes.confirmed])]
        )
        let ended = try await client.wait(for: id)
        #expect(ended["status"] == "completed", "\(ended)")
        #expect(TaskShapes.text(ended) == "Deleted a.txt, if it had been there.")
    }

    @Test("tasks-mrtr-input: answers may come one by one")
    func partial() async throws {
        let id = try #require(try await client.begin("multi_input")["taskId"])
        let asked = try await client.wait(for: id, ["input_required"])
        #expect(Set(asked["inputRequests"]?.object?.keys ?? []) == ["name", "confirm"], "\(asked)")
        try await client.acknowledge(
            "tasks/update",
            ["taskId": id, "inputResponses": ["confirm": TaskShapes.confirmed]]
        )
        let remaining = try await client.task(id)
        #expect(remaining["status"] == "input_required")
        #expect(remaining["inputRequests"]?.object?.keys == ["name"])
        try await client.acknowledge(
            "tasks/update",
            ["taskId": id, "inputResponses": ["name": ["action": "accept", "content": ["name": "Ada"]]]]
        )
        let ended = try await client.wait(for: id)
        #expect(TaskShapes.text(ended) == "Ada says yes.", "\(ended)")
    }

    @Test("a question that is asked again has another key, for a key is used once in a task's life")
    func keys() async throws {
        let id = try #require(try await client.begin("confirm_delete", ["filename": "b.txt"])["taskId"])
        _ = try await client.wait(for: id, ["input_required"])
        // The tool cannot use this answer and asks once more.
        try await client.acknowledge(
            "tasks/update",
            [
                "taskId": id,
                "inputResponses": ["confirm": ["action": "accept", "content": ["confirm": "maybe"]]],
            ]
        )
        let again = try await poll(for: "the question under another key") {
            let task = try await client.task(id)
            return task["inputRequests"]?["confirm-2"] == nil ? JSONValue?.none : task
        }
        #expect(again["inputRequests"]?.object?.keys == ["confirm-2"])
        try await client.acknowledge(
            "tasks/update",
            ["taskId": id, "inputResponses": ["confirm": TaskShapes.confirmed]]
        )
        #expect(try await client.task(id)["status"] == "input_required", "the old key is nobody's")
        try await client.acknowledge(
            "tasks/update",
            ["taskId": id, "inputResponses": ["confirm-2": TaskShapes.confirmed]]
        )
        #expect(try await client.wait(for: id)["status"] == "completed")
    }

    @Test("tasks-mrtr-composition") func composition() async throws {
        var client = client
        client.capabilities = ["elicitation": [:], "extensions": [ModernClient.tasks: [:]]]
        let tool = "test_tool_with_task"
        let first = try await client.call(tool)
        _ = try InputRequiredShapes.question("user_name", "elicitation/create", in: first)
        #expect(first.result?["taskId"] == nil, first.exchange)
        let second = try await client.call(
            tool,
            answers: ["user_name": InputRequiredShapes.accepted(["name": "Alice"])],
            state: first.result?["requestState"]
        )
        #expect(second.result?["resultType"] == "task", second.exchange)
        try TaskShapes.expectHandle(try second.requireResult())
        let ended = try await client.wait(for: try #require(second.result?["taskId"]))
        #expect(TaskShapes.text(ended)?.contains("Alice") == true, "\(ended)")
    }

    /// ```
    /// client   listen {a, of nobody} ──> acknowledged {a}, a as it is now … a asks … a has ended ──> end of the stream
    /// client                                                    update
    /// ```
    @Test("tasks-status-notifications: a listener is told of every state, with all that tasks/get would say")
    func notifications() async throws {
        let id = try #require(try await client.begin("confirm_delete", ["filename": "c.txt"])["taskId"])
        let subscription = try await client.listen(["taskIds": [id, "of-nobody"]])
        let acknowledged = try #require(await subscription.stream.reply.notifications.first)
        #expect(acknowledged["params"]?["notifications"] == ["taskIds": [id]])
        var task: JSONValue = nil
        repeat {
            let notification = try await subscription.next()
            #expect(notification["method"] == "notifications/tasks", "\(notification)")
            task = notification["params"] ?? nil
            #expect(task["taskId"] == id)
        } while task["status"] != "input_required"
        #expect(task["inputRequests"]?["confirm"] != nil, "\(task)")
        try await client.acknowledge(
            "tasks/update",
            ["taskId": id, "inputResponses": ["confirm": TaskShapes.confirmed]]
        )
        repeat { task = try await subscription.next()["params"] ?? nil } while task["status"] == "working"
        #expect(task["status"] == "completed", "\(task)")
        #expect(TaskShapes.text(task) == "Deleted c.txt, if it had been there.")
        // Nothing can come any more: the stream ends with its result.
        let end = try await subscription.next()
        #expect(end["result"]?["resultType"] == "complete", "\(end)")
        await subscription.close()
    }

    @Test("listening to tasks needs the extension") func undeclared() async throws {
        let plain = try await ModernClient.shipped()
        let reply = try await plain.send("subscriptions/listen", ["notifications": ["taskIds": ["x"]]])
        reply.expectError(-32021, status: 400)
    }
}
