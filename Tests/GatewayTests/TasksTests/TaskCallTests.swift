import EventWaiting
import Logging
import MCP
import RoostJSON
import Synchronization
import Testing
import WorkStore

@testable import Gateway

/// Calls on their way to becoming tasks, in every order in which things can happen.
@Suite("A call that may become a task", .timeLimit(.minutes(1)))
struct TaskCallTests {
    private let store = HeldStore()
    private let sink = RecordingSink()
    /// What waits for its time; a test lets it come.
    private let timers = Timers()

    private final class Timers: Sendable {
        private let actions = Mutex<[@Sendable () -> Void]>([])

        func add(_ action: @escaping @Sendable () -> Void) { actions.withLock { $0.append(action) } }

        func fire() {
            let due = actions.withLock { actions in
                defer { actions = [] }
                return actions
            }
            for action in due { action() }
        }
    }

    private func service(holder: String = "me") -> TaskService {
        TaskService(
            store,
            settings: TaskSettings(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            holder: holder,
            now: { 1_000 },
            after: { [timers] _, action in timers.add(action) }
        )
    }

    private struct Begun {
        let client: Exchange
        let call: TaskCall
        let work: Exchange
    }

    private func begin(_ service: TaskService, isRequired: Bool = false) throws -> Begun {
        let client = sink.exchange()
        let params = try JSONDocument(parsing: #"{"name":"t"}"#).root
        let call = TaskCall(
            client,
            TaskRequest(endpoint: .all, version: .v2026_07_28, params: params),
            result: ModernResult(serverInfo: Implementation(name: "test", version: "1")),
            isRequired: isRequired,
            service: service,
            goOn: { _ in }
        )
        return Begun(client: client, call: call, work: call.makeWork(patience: .seconds(1)))
    }

    private var answer: JSONValue? { sink.record.answers.first?["result"] }

    /// Returns when the client has its answer.
    private func waitForAnswer() async throws {
        try await until("the answer") { !sink.record.answers.isEmpty }
    }

    private func waitForRecord(_ what: (WorkRecord) -> Bool) async throws {
        try await until("the record") { store.records.contains(where: what) }
    }

    @Test("work that ends first answers its client, and no task begins")
    func direct() throws {
        let begun = try begin(service())
        begun.work.finish(result: Array(#"{"x":1}"#.utf8))
        timers.fire()
        #expect(answer == ["x": 1])
        #expect(store.records.isEmpty)
    }

    /// ```
    /// work     ……………………………………………………………… ends
    /// store              adds ──> kept
    /// client   call ……………………………> handle
    /// ```
    @Test("work that takes longer becomes a task, which gets the result")
    func becomesTask() async throws {
        let begun = try begin(service())
        timers.fire()
        try await waitForAnswer()
        #expect(answer?["resultType"] == "task" && answer?["status"] == "working")
        let id = try #require(answer?["taskId"]?.string)
        #expect(store.records.map(\.id) == [id], "kept before its client knows of it")
        begun.work.finish(result: Array(#"{"x":1}"#.utf8))
        try await waitForRecord { $0.state == .completed }
        #expect(store.records.first?.outcome == .result(Array(#"{"x":1}"#.utf8)))
        #expect(sink.record.answers.count == 1)
    }

    /// ```
    /// work     …………………………… ends
    /// store          adds ……………………> kept ──> forgotten
    /// client   call ……………> result
    /// ```
    @Test("work that ends while its task is being kept answers its client, and the task is forgotten")
    func endsWhileCreating() async throws {
        store.hold()
        let begun = try begin(service())
        timers.fire()
        await store.waitForAddition()
        begun.work.finish(result: Array(#"{"x":1}"#.utf8))
        #expect(answer == ["x": 1])
        store.release()
        try await waitForRecords(0)
    }

    /// ```
    /// work     ……………………………………… stopped
    /// store          adds ……> kept ──> forgotten
    /// client   call …… leaves
    /// ```
    @Test("a client that leaves while its task is being kept takes the work along")
    func leavesWhileCreating() async throws {
        store.hold()
        let begun = try begin(service())
        let stops = Mutex(0)
        begun.work.whenCancelled { stops.withLock { $0 += 1 } }
        timers.fire()
        await store.waitForAddition()
        begun.client.cancel()
        #expect(stops.withLock { $0 } == 1)
        store.release()
        try await waitForRecords(0)
        #expect(sink.record.answers.isEmpty)
    }

    @Test("a client that leaves after it got its handle leaves the work alone")
    func leavesTask() async throws {
        let begun = try begin(service())
        timers.fire()
        try await waitForAnswer()
        begun.client.cancel()
        #expect(!begun.work.isOver)
    }

    @Test("without a store a call is answered directly, unless its tool works only in tasks")
    func storeAway() async throws {
        store.isAway = true
        let service = service()
        let begun = try begin(service)
        let failure = await withCheckedContinuation { continuation in
            begun.call.makeTask { continuation.resume(returning: $0) }
        }
        #expect(failure == nil)
        begun.work.finish(result: Array(#"{"x":1}"#.utf8))
        #expect(answer == ["x": 1])
        let required = try begin(service, isRequired: true)
        let reason = await withCheckedContinuation { continuation in
            required.call.makeTask { continuation.resume(returning: $0) }
        }
        #expect(reason?.contains("could not be kept") == true)
    }

    @Test("a result is kept as soon as the store is back")
    func resultWaits() async throws {
        let service = service()
        let begun = try begin(service)
        timers.fire()
        try await waitForAnswer()
        store.isAway = true
        begun.work.finish(result: Array(#"{"x":1}"#.utf8))
        #expect(service.working == 1)
        store.isAway = false
        try await waitForRecord { $0.state == .completed }
    }

    @Test("questions before there is a task are the client's, afterwards the task's")
    func asks() async throws {
        let ask = TaskAsk(
            requests: try JSONDocument(parsing: #"{"a":{"method":"roots/list"}}"#).root,
            state: "s",
            round: 1
        )
        let first = try begin(service())
        #expect(!first.work.handOver(ask))
        timers.fire()
        #expect(store.records.isEmpty, "who asks its client is no task any more")
        first.work.finish(result: Array("{}".utf8))
        let second = try begin(service())
        timers.fire()
        try await waitForRecord { $0.state == .working }
        try await waitForAnswers(2)
        #expect(second.work.handOver(ask) && second.work.isOver)
        try await waitForRecord { $0.state == .inputRequired }
    }

    @Test("work that was cancelled at another worker is stopped when the lease is renewed")
    func cancelledElsewhere() async throws {
        let service = service()
        let begun = try begin(service)
        timers.fire()
        try await waitForAnswer()
        let id = try #require(answer?["taskId"]?.string)
        try await self.service(holder: "another").cancel(id)
        #expect(!begun.work.isOver)
        await service.tick()
        #expect(begun.work.isOver && service.working == 0)
    }

    @Test("progress becomes the task's message, and reaches only clients that asked for it")
    func progress() async throws {
        let service = service()
        let begun = try begin(service)
        let params = #"{"progressToken":"task","progress":1,"total":4,"message":"Reading"}"#
        begun.work.notify("notifications/progress", params: Array(params.utf8))
        begun.work.notify("notifications/message", params: Array(#"{"level":"info","data":"x"}"#.utf8))
        #expect(sink.record.sent.map { $0["method"] } == ["notifications/message"])
        timers.fire()
        try await waitForAnswer()
        begun.work.notify("notifications/progress", params: Array(params.utf8))
        begun.work.notify("notifications/message", params: Array(#"{"level":"info","data":"y"}"#.utf8))
        await service.tick()
        let record = try #require(store.records.first)
        #expect(TaskEntry(record)?.message == "Reading (1 of 4)")
        #expect(sink.record.sent.count == 1, "nothing follows an answer")
    }

    private func waitForRecords(_ count: Int) async throws {
        // The record comes and goes: what counts is that it is gone once the addition was let go.
        try await until("\(count) records") { store.records.count == count && store.hasSettled }
    }

    private func waitForAnswers(_ count: Int) async throws {
        try await until("\(count) answers") { sink.record.answers.count >= count }
        #expect(sink.record.answers.count == count)
    }
}
