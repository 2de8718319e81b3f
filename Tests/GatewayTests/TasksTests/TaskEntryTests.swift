import MCP
import RoostJSON
import Testing
import WorkStore

@testable import Gateway

@Suite("A task, step by step")
struct TaskEntryTests {
    private var settings: TaskSettings {
        var settings = TaskSettings()
        settings.deadline = .seconds(100)
        settings.timeToLive = .seconds(10)
        settings.lease = .seconds(15)
        return settings
    }

    private func entry(now: Int64 = 1_000) throws -> TaskEntry {
        let params = try JSONDocument(parsing: #"{"name":"t","arguments":{"a":1}}"#).root
        let request = TaskRequest(endpoint: .plugin("x"), version: .v2026_07_28, params: params)
        return TaskEntry(id: "id", owner: "key:ci", request, settings, holder: "me", now: now)
    }

    private func ask(_ requests: String, state: String = "s", round: Int64 = 1) throws -> TaskEnding {
        .asked(TaskAsk(requests: try JSONDocument(parsing: requests).root, state: state, round: round))
    }

    private func wire(_ entry: TaskEntry, detailed: Bool = true) throws -> JSONValue {
        var writer = JSONWriter()
        writer.object { entry.write(to: &$0, settings, detailed: detailed) }
        return try JSONValue(parsing: writer.bytes)
    }

    @Test("begins at work, held by whoever made it, and reads back as it was kept")
    func begins() throws {
        let entry = try entry()
        #expect(
            entry.record.state == .working && entry.record.lease == WorkLease(holder: "me", until: 16_000)
        )
        #expect(
            try wire(entry) == [
                "taskId": "id", "status": "working", "createdAt": "1970-01-01T00:00:01Z",
                "lastUpdatedAt": "1970-01-01T00:00:01Z", "ttlMs": 110_000, "pollIntervalMs": 1_000,
            ]
        )
        let read = try #require(TaskEntry(entry.record))
        #expect(try wire(read) == wire(entry))
        let request = try #require(TaskRequest(entry.record.request))
        #expect(request.endpoint == .plugin("x") && request.tool == "t")
        #expect(request.params["arguments"]?["a"]?.integer == 1)
    }

    @Test("a result completes it, and is kept from then on for its time")
    func completes() throws {
        var entry = try entry()
        let settled = entry.settle(.result(Array(#"{"isError":true}"#.utf8)), by: "me", settings, now: 5_000)
        #expect(settled)
        let task = try wire(entry)
        #expect(task["status"] == "completed" && task["result"] == ["isError": true] && task["error"] == nil)
        #expect(task["ttlMs"] == 14_000 && entry.record.expires == 15_000)
        #expect(entry.record.lease == nil)
        #expect(try wire(entry, detailed: false)["result"] == nil)
    }

    @Test("an error of the protocol fails it, in its own words")
    func fails() throws {
        var entry = try entry()
        let error = RPCError(.invalidParams, "No.", data: ["x": 1])
        let settled = entry.settle(.error(error), by: "me", settings, now: 5_000)
        #expect(settled)
        let task = try wire(entry)
        #expect(task["status"] == "failed" && task["statusMessage"] == "No." && task["result"] == nil)
        #expect(task["error"] == ["code": -32602, "message": "No.", "data": ["x": 1]])
    }

    @Test("what has ended stays as it is, and what somebody else holds is not settled")
    func ends() throws {
        var entry = try entry()
        let settledByAnother = entry.settle(.result([]), by: "another", settings, now: 2_000)
        #expect(!settledByAnother)
        let cancelled = entry.cancel(settings, now: 2_000)
        #expect(cancelled)
        let settled = entry.settle(.result([]), by: "me", settings, now: 3_000)
        #expect(!settled)
        let cancelledAgain = entry.cancel(settings, now: 3_000)
        let reported = entry.report("x", now: 3_000)
        #expect(!cancelledAgain && !reported)
        let answered = entry.answer(["a": [:]], by: "me", settings, now: 3_000)
        #expect(!answered)
        #expect(try wire(entry)["status"] == "cancelled")
    }

    @Test("questions wait for nobody's work; the last answer puts it to work again, wherever it arrives")
    func asks() throws {
        var entry = try entry()
        let questions = #"{"a":{"method":"roots/list"},"b":{"method":"elicitation/create"}}"#
        let asked = entry.settle(try ask(questions), by: "me", settings, now: 2_000)
        #expect(asked)
        #expect(entry.record.state == .inputRequired && entry.record.lease == nil)
        #expect(try wire(entry)["inputRequests"]?.object?.keys == ["a", "b"])
        let unknown = entry.answer(["c": [:]], by: "other", settings, now: 3_000)
        #expect(!unknown, "of no question")
        let partly = entry.answer(["b": ["x": 1]], by: "other", settings, now: 3_000)
        #expect(partly)
        #expect(entry.record.state == .inputRequired)
        #expect(try wire(entry)["inputRequests"] == ["a": ["method": "roots/list"]])
        var read = try #require(TaskEntry(entry.record))
        let completed = read.answer(["a": [:]], by: "other", settings, now: 4_000)
        #expect(completed)
        #expect(read.record.state == .working && read.record.lease?.holder == "other")
        #expect(read.questions.answers == ["b": ["x": 1], "a": [:]])
        #expect(read.questions.state == "s" && read.questions.round == 1)
        #expect(try wire(read)["inputRequests"] == nil)
    }

    @Test("a key is used once in a task's life, whatever the tool calls its questions")
    func keys() throws {
        var questions = TaskQuestions()
        let request = try JSONDocument(parsing: #"{"a":{},"a-2":{}}"#).root
        questions.ask(request, state: "", round: 1)
        #expect(questions.open.map(\.key) == ["a", "a-2"])
        let first = questions.answer(["a": 1, "a-2": 2])
        #expect(first == 2)
        questions.ask(request, state: "", round: 2)
        #expect(questions.open.map(\.key) == ["a-3", "a-2-2"] && questions.open.map(\.name) == ["a", "a-2"])
        let again = questions.answer(["a": 1])
        #expect(again == 0)
        let answered = questions.answer(["a-3": 3])
        #expect(answered == 1 && questions.answers == ["a": 3])
        #expect(TaskQuestions(questions.json) == questions)
    }

    @Test("a tool that only wants to be called again goes on, but not for ever")
    func goesOn() throws {
        var entry = try entry()
        let asked = entry.settle(try ask("{}", state: "next"), by: "me", settings, now: 2_000)
        #expect(asked)
        #expect(entry.record.state == .working && entry.questions.state == "next")
        let askedAgain = entry.settle(try ask("{}", round: 64), by: "me", settings, now: 3_000)
        #expect(askedAgain)
        #expect(entry.record.state == .failed)
    }

    @Test("is an orphan once its holder's lease ended, and then says that it was interrupted")
    func orphans() throws {
        var entry = try entry()
        #expect(!entry.isOrphan(now: 16_000, as: nil))
        #expect(entry.isOrphan(now: 16_001, as: nil))
        let interrupted = entry.interrupt(settings, now: 16_001)
        #expect(interrupted)
        #expect(try wire(entry)["error"]?["data"] == ["cause": "interrupted"])
        #expect(!entry.isOrphan(now: 99_000, as: nil))
    }

    @Test("an orphan is known at once where the kernel knows that its holder has ended")
    func gone() throws {
        let me = try #require(WorkHolder.current)
        let parts = me.text.split(separator: "/")
        // No process has this start time under our own id.
        let gone = "\(parts[0])/\(parts[1])/\(parts[2])/1"
        let params = try JSONDocument(parsing: "{}").root
        let request = TaskRequest(endpoint: .all, version: .v2026_07_28, params: params)
        let left = TaskEntry(id: "1", owner: nil, request, settings, holder: gone, now: 0)
        let own = TaskEntry(id: "2", owner: nil, request, settings, holder: me.text, now: 0)
        let other = TaskEntry(id: "3", owner: nil, request, settings, holder: "elsewhere", now: 0)
        #expect(left.isOrphan(now: 1, as: me))
        #expect(!own.isOrphan(now: 1, as: me) && !other.isOrphan(now: 1, as: me))
    }

    @Test("says where it stands, and when that changed")
    func reports() throws {
        var entry = try entry()
        let reported = entry.report("Half way (1 of 2)", now: 3_000)
        #expect(reported)
        let repeated = entry.report("Half way (1 of 2)", now: 4_000)
        #expect(!repeated, "nothing new")
        let task = try wire(entry)
        #expect(task["statusMessage"] == "Half way (1 of 2)")
        #expect(task["lastUpdatedAt"] == "1970-01-01T00:00:03Z")
    }

    @Test("a record of something else is no task")
    func foreign() throws {
        #expect(TaskEntry(WorkRecord(id: "j", kind: .job, owner: nil, request: [], now: 0)) == nil)
        #expect(TaskEntry(WorkRecord(id: "t", kind: .task, owner: nil, request: [], now: 0)) == nil)
        #expect(TaskRequest([]) == nil && TaskRequest(Array(#"{"version":"x"}"#.utf8)) == nil)
    }
}
