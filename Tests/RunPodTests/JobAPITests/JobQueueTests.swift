import EventWaiting
import Gateway
import RoostJSON
import Testing
import WorkStore

@testable import RunPod

@Suite("The queue of jobs", .timeLimit(.minutes(10)))
struct JobQueueTests {
    private func text(_ bytes: [UInt8]) -> JSONValue? { try? JSONValue(parsing: bytes) }

    @Test("a job that was taken is on the disk, runs, and ends with its output and times")
    func ends() async throws {
        let fixture = try QueueFixture()
        let id = try await fixture.submit()
        #expect(try await fixture.store.read(id) != nil)
        let working = try await fixture.awaited(id) { $0.state == .working }
        #expect(working.lease != nil)
        fixture.runner.settle(id, .completed(Array(#"{"a":1}"#.utf8)))
        let record = try await fixture.awaited(id) { $0.state == .completed }
        let status = text(await fixture.queue.status(of: record))
        #expect(
            status?["status"] == "COMPLETED" && status?["output"] == ["a": 1] && status?["id"] == .string(id)
        )
        #expect(status?["delayTime"]?.integer != nil && status?["executionTime"]?.integer != nil)
        #expect(status?["workerId"] == "roost")
    }

    @Test("no more run at once than may, and the next begins when one ends")
    func bounds() async throws {
        let fixture = try QueueFixture { $0.concurrency = 3 }
        var ids: [String] = []
        for _ in 0..<12 { ids.append(try await fixture.submit()) }
        try await until("three at work") { fixture.runner.begun.count == 3 }
        for id in ids {
            fixture.runner.settle(id, .completed([0x31]))
            _ = try await fixture.awaited(id) { $0.state == .completed }
        }
        #expect(fixture.runner.most == 3)
        #expect(fixture.runner.begun.count == 12 && Set(fixture.runner.begun) == Set(ids))
    }

    @Test("one more than may wait is refused")
    func full() async throws {
        let fixture = try QueueFixture {
            $0.concurrency = 1
            $0.queue = 2
        }
        let first = try await fixture.submit()
        try await until("one at work") { fixture.runner.begun == [first] }
        _ = try await fixture.submit()
        _ = try await fixture.submit()
        await #expect(throws: WorkStoreFailure.full(limit: 2)) { try await fixture.submit() }
    }

    // cancel ── record CANCELLED ── task cancelled ──> .cancelled, dropped
    @Test("cancelling ends the job at once and the work with it")
    func cancels() async throws {
        let fixture = try QueueFixture()
        let id = try await fixture.submit()
        try await until("the work") { fixture.runner.begun == [id] }
        let record = try await fixture.queue.cancel(id, of: .local)
        #expect(record?.state == .cancelled)
        try await until("the cancellation") { fixture.runner.cancelled == [id] }
        try await until("room for others") { await fixture.queue.running.isEmpty }
        #expect(try await fixture.store.read(id)?.state == .cancelled)
    }

    // result ── record COMPLETED ── cancel: too late, the job stays as it ended
    @Test("a cancellation that comes after the result changes nothing")
    func lateCancel() async throws {
        let fixture = try QueueFixture()
        let id = try await fixture.submit()
        fixture.runner.settle(id, .completed([0x31]))
        _ = try await fixture.awaited(id) { $0.state == .completed }
        #expect(try await fixture.queue.cancel(id, of: .local)?.state == .completed)
    }

    @Test("a job that waits is cancelled without ever having begun")
    func cancelsWaiting() async throws {
        let fixture = try QueueFixture { $0.concurrency = 1 }
        let first = try await fixture.submit()
        let second = try await fixture.submit()
        let third = try await fixture.submit()
        #expect(try await fixture.queue.cancel(second, of: .local)?.state == .cancelled)
        #expect(try await fixture.queue.purge(of: .local) == 1)
        #expect(try await fixture.store.read(third)?.state == .cancelled)
        fixture.runner.settle(first, .completed([0x31]))
        _ = try await fixture.awaited(first) { $0.state == .completed }
        try await until("an idle queue") { await fixture.queue.running.isEmpty }
        #expect(fixture.runner.begun == [first])
    }

    @Test("a job that takes longer than its executionTimeout is TIMED_OUT and its work cancelled")
    func timesOut() async throws {
        let fixture = try QueueFixture()
        var policy = JobPolicy()
        policy.executionTimeout = 60
        let details = JobDetails(policy, isSync: false, grants: .everything, webhook: nil)
        let record = WorkRecord(
            id: "slow",
            kind: .job,
            owner: nil,
            request: Array("{}".utf8),
            details: details.bytes,
            now: 0
        )
        try await fixture.store.add(record, limit: nil)
        await fixture.queue.fill()
        let ended = try await fixture.awaited("slow") { $0.state == .timedOut }
        #expect(
            text(await fixture.queue.status(of: ended))?["error"]?.string?.contains("executionTimeout")
                == true
        )
        try await until("the cancellation") { fixture.runner.cancelled == ["slow"] }
    }

    @Test("another caller's jobs are as if there were none")
    func ownership() async throws {
        let fixture = try QueueFixture()
        let alice = Caller(principal: "key:alice", grants: .everything)
        let bob = Caller(principal: "key:bob", grants: .everything)
        let id = try await fixture.submit(by: alice)
        #expect(try await fixture.queue.job(id, of: bob) == nil)
        #expect(try await fixture.queue.cancel(id, of: bob) == nil)
        #expect(try await fixture.queue.stream(id, of: bob, within: .zero) == nil)
        #expect(try await fixture.queue.retry(id, of: bob) == nil)
        #expect(try await fixture.queue.job(id, of: alice)?.id == id)
    }

    @Test("chunks come while the job runs and are all there when it has ended")
    func streams() async throws {
        let fixture = try QueueFixture()
        let id = try await fixture.submit()
        try await until("the work") { fixture.runner.begun == [id] }
        async let waited = fixture.queue.stream(id, of: .local, within: .seconds(30))
        fixture.runner.report(id, .chunk([0x31]))
        let first = try #require(try await waited)
        #expect(first.0.state == .working && first.1 == [[0x31]])
        fixture.runner.report(id, .progress([0x35]))
        try await until("the progress") {
            text(await fixture.queue.status(of: first.0))?["output"] == 5
        }
        for value in 0x32...0x39 as ClosedRange<UInt8> { fixture.runner.report(id, .chunk([value])) }
        fixture.runner.settle(id, .completed([0x30]))
        _ = try await fixture.awaited(id) { $0.state == .completed }
        let rest = try #require(try await fixture.queue.stream(id, of: .local, within: .zero))
        #expect(rest.0.state == .completed && rest.1 == (0x32...0x39).map { [$0] })
        #expect(try await fixture.queue.stream(id, of: .local, within: .zero)?.1 == [])
    }

    @Test(
        "of a flood that nobody reads the first and the last chunks are kept, and the stream says what is missing"
    )
    func flood() async throws {
        let fixture = try QueueFixture {
            $0.storedChunks = .init(chunks: 10, bytes: 1_000)
            $0.waitingChunks = .init(chunks: 5, bytes: 1_000)
        }
        let id = try await fixture.submit()
        try await until("the work") { fixture.runner.begun == [id] }
        for value in 100..<200 { fixture.runner.report(id, .chunk(Array("\(value)".utf8))) }
        fixture.runner.settle(id, .completed([0x30]))
        _ = try await fixture.awaited(id) { $0.state == .completed }
        let (_, chunks) = try #require(try await fixture.queue.stream(id, of: .local, within: .zero))
        var values: [Int64] = []
        var dropped: Int64 = 0
        for chunk in chunks.compactMap({ text($0) }) {
            if let value = chunk.integer { values.append(value) }
            dropped += chunk["roost_dropped"]?["chunks"]?.integer ?? 0
        }
        #expect(Int64(values.count) + dropped == 100 && dropped > 0)
        #expect(values == values.sorted() && values.suffix(5) == [195, 196, 197, 198, 199])
        #expect(values.count <= 15)
    }

    @Test("whoever waits for the end is told at once")
    func waits() async throws {
        let fixture = try QueueFixture()
        let id = try await fixture.submit()
        #expect(try await fixture.queue.ended(id, of: .local, within: .milliseconds(20))?.state == .working)
        async let waited = fixture.queue.ended(id, of: .local, within: .seconds(60))
        fixture.runner.settle(id, .failed("no"))
        let record = try await waited
        #expect(record?.state == .failed && record?.outcome == .error(Array(#""no""#.utf8)))
    }

    @Test("another try runs the same job again, and says so")
    func retries() async throws {
        let fixture = try QueueFixture()
        let id = try await fixture.submit()
        #expect(try await fixture.queue.retry(id, of: .local)?.state != .queued, "only what failed")
        fixture.runner.settle(id, .failed("no"))
        _ = try await fixture.awaited(id) { $0.state == .failed }
        _ = try await fixture.queue.retry(id, of: .local)
        fixture.runner.settle(id, .completed([0x31]))
        let record = try await fixture.awaited(id) { $0.state == .completed }
        #expect(text(await fixture.queue.status(of: record))?["retries"] == 1)
        #expect(fixture.runner.begun == [id, id])
    }

    /// A host that ends under a job leaves a lease; the next one sees at once that its process is gone.
    @Test("a job whose host ended is tried once more by the next, then fails")
    func interrupted() async throws {
        let fixture = try QueueFixture()
        let own = try #require(WorkHolder.current)
        var parts = own.text.split(separator: "/").map { String($0) }
        // This process, had it started at another time: the kernel knows that it is gone.
        parts[3] = "1"
        let gone = parts.joined(separator: "/")
        let details = JobDetails(JobPolicy(), isSync: false, grants: .everything, webhook: nil)
        var worn = details
        worn.interruptions = 1
        for (id, details) in [("once", details), ("twice", worn)] {
            var record = WorkRecord(
                id: id,
                kind: .job,
                owner: nil,
                request: Array("{}".utf8),
                details: details.bytes,
                now: 0
            )
            let began = record.begin(WorkLease(holder: gone, until: .max), at: 1)
            #expect(began)
            try await fixture.store.add(record, limit: nil)
            _ = try await fixture.store.append([0x31], to: id)
        }
        await fixture.queue.start()
        fixture.runner.settle("once", .completed([0x31]))
        let once = try await fixture.awaited("once") { $0.state == .completed }
        #expect(JobDetails(once.details)?.retries == 1)
        #expect(
            try await fixture.store.takeChunks(of: "once", bytes: 99) == [],
            "the next try says it all again"
        )
        let twice = try await fixture.awaited("twice") { $0.state == .failed }
        #expect(
            text(await fixture.queue.status(of: twice))?["error"]?.string?.contains("after 1 retries") == true
        )
        await fixture.queue.drain(before: .now + .seconds(5))
    }

    @Test("a drain waits for what is at work, and begins nothing")
    func drains() async throws {
        let fixture = try QueueFixture { $0.concurrency = 1 }
        let working = try await fixture.submit()
        let waiting = try await fixture.submit()
        try await until("one at work") { fixture.runner.begun == [working] }
        async let drained: Void = fixture.queue.drain(before: .now + .seconds(60))
        try await until("the drain") { await fixture.queue.isDraining }
        fixture.runner.settle(working, .completed([0x31]))
        await drained
        #expect(try await fixture.store.read(working)?.state == .completed)
        #expect(try await fixture.store.read(waiting)?.state == .queued)
        #expect(fixture.runner.begun == [working])
    }

    @Test("what a drain has no time for goes back into the queue, and its work is cancelled")
    func givesBack() async throws {
        let fixture = try QueueFixture()
        let id = try await fixture.submit()
        try await until("the work") { fixture.runner.begun == [id] }
        await fixture.queue.drain(before: .now + .milliseconds(200))
        #expect(try await fixture.store.read(id)?.state == .queued)
        #expect(fixture.runner.cancelled == [id])
    }

    @Test("an output that is longer than may be kept fails with a sentence, and takes no room")
    func longOutput() async throws {
        let fixture = try QueueFixture { $0.maximumOutput = 8 }
        let id = try await fixture.submit()
        fixture.runner.settle(id, .completed(Array(#""12345678""#.utf8)))
        let record = try await fixture.awaited(id) { $0.state.isFinal }
        #expect(record.state == .failed)
        #expect(
            text(await fixture.queue.status(of: record))?["error"]?.string?.contains("max_output") == true
        )
    }

    @Test("an output that is kept elsewhere is named by what stands in its place")
    func reference() async throws {
        let fixture = try QueueFixture(
            { $0.maximumOutput = 8 },
            reference: { output, id in
                JSONValue.object(["bytes": .integer(Int64(output.count)), "id": .string(id)]).bytes
            }
        )
        let id = try await fixture.submit()
        fixture.runner.settle(id, .completed(Array(#""12345678""#.utf8)))
        let record = try await fixture.awaited(id) { $0.state.isFinal }
        #expect(text(await fixture.queue.status(of: record))?["output"] == ["bytes": 10, "id": .string(id)])
    }

    @Test("two queues on one store share the jobs and end each once")
    func shared() async throws {
        let fixture = try QueueFixture { $0.concurrency = 2 }
        let other = JobQueue(
            store: try SQLiteWorkStore(path: fixture.directory.file("work.sqlite")),
            runner: fixture.runner,
            settings: JobQueueSettings(),
            webhooks: nil,
            logger: QueueFixture.logger,
            now: { QueueFixture.now }
        )
        var ids: [String] = []
        for _ in 0..<20 { ids.append(try await fixture.submit()) }
        await other.fill()
        for id in ids { fixture.runner.settle(id, .completed([0x31])) }
        for id in ids { _ = try await fixture.awaited(id) { $0.state == .completed } }
        #expect(fixture.runner.begun.count == 20)
        #expect(Set(fixture.runner.begun) == Set(ids))
    }
}
