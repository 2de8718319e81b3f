import SQLiteStore
import Testing
import WorkStore

@Suite("Work in SQLite")
struct SQLiteWorkStoreTests {
    let directory: TemporaryDirectory
    let store: SQLiteWorkStore
    let lease = WorkLease(holder: "one", until: 1_000)

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteWorkStore(path: directory.file("work.sqlite"))
    }

    private func job(_ id: String, now: Int64 = 100, expires: Int64? = nil) -> WorkRecord {
        WorkRecord(
            id: id,
            kind: .job,
            owner: "key:ci",
            request: [1, 2],
            details: [3],
            expires: expires,
            now: now
        )
    }

    @Test("A record is read as it was added, by another store on the file too, and after all were closed")
    func keeps() async throws {
        let record = job("a", expires: 900)
        try await store.add(record, limit: nil)
        #expect(try await store.read("a") == record)
        let other = try SQLiteWorkStore(path: directory.file("work.sqlite"))
        #expect(try await other.read("a") == record)
        await store.close()
        await other.close()
        let later = try SQLiteWorkStore(path: directory.file("work.sqlite"))
        #expect(try await later.read("a") == record)
        #expect(try await later.read("b") == nil)
        await later.close()
    }

    @Test("An id is taken once, and no more wait than may")
    func bounds() async throws {
        try await store.add(job("a"), limit: 2)
        await #expect(throws: WorkStoreFailure.taken(id: "a")) { try await store.add(job("a"), limit: 2) }
        try await store.add(job("b"), limit: 2)
        await #expect(throws: WorkStoreFailure.full(limit: 2)) { try await store.add(job("c"), limit: 2) }
        _ = try await store.claim(.job, lease, now: 110)
        try await store.add(job("c"), limit: 2)
        #expect(try await store.counts(of: .job) == [.queued: 2, .working: 1])
    }

    @Test("Jobs are begun in the order they came, each once, tasks never")
    func claims() async throws {
        for (index, id) in ["c", "a", "b"].enumerated() {
            try await store.add(job(id, now: Int64(index)), limit: nil)
        }
        try await store.add(
            WorkRecord(id: "t", kind: .task, owner: nil, request: [], lease: lease, now: 0),
            limit: nil
        )
        var order: [String] = []
        while let record = try await store.claim(.job, lease, now: 50) {
            #expect(record.state == .working && record.lease == lease)
            #expect(try await store.read(record.id) == record)
            order.append(record.id)
        }
        #expect(order == ["c", "a", "b"])
    }

    @Test("Of two that change the same record, one learns that it came second")
    func comparesAndSets() async throws {
        try await store.add(job("a"), limit: nil)
        var first = try #require(try await store.read("a"))
        var second = first
        let ended = first.end(.cancelled, nil, at: 120)
        #expect(ended)
        let began = second.begin(lease, at: 121)
        #expect(began)
        #expect(try await store.replace(first))
        #expect(try await !store.replace(second))
        #expect(try await store.read("a") == first.replaced)
        let changed = try await store.change("a") { $0.begin(lease, at: 130) }
        #expect(changed == nil, "a cancelled job does not begin")
    }

    /// Each of two stores on one file makes 50 changes; none overwrites another's.
    @Test("Changes of several processes all count")
    func everyChangeCounts() async throws {
        try await store.add(job("a"), limit: nil)
        let other = try SQLiteWorkStore(path: directory.file("work.sqlite"))
        await withTaskGroup(of: Void.self) { group in
            for store in [store, other] {
                for _ in 0..<50 {
                    group.addTask {
                        _ = try? await store.change("a") { record in
                            record.details.append(7)
                            return true
                        }
                    }
                }
            }
        }
        let record = try await store.read("a")
        #expect(record?.details.count == 101)
        #expect(record?.revision == 100)
        await other.close()
    }

    @Test("Chunks come out once, in order, and as many as fit")
    func chunks() async throws {
        try await store.add(job("a"), limit: nil)
        for value in 1...4 as ClosedRange<UInt8> {
            #expect(try await store.append([value, value], to: "a"))
        }
        #expect(try await store.chunks(of: "a") == (4, 8))
        #expect(try await store.takeChunks(of: "a", bytes: 5) == [[1, 1], [2, 2]])
        #expect(try await store.takeChunks(of: "a", bytes: 1) == [[3, 3]], "one comes however large it is")
        #expect(try await store.append([5], to: "a"))
        #expect(try await store.takeChunks(of: "a", bytes: 100) == [[4, 4], [5]])
        #expect(try await store.takeChunks(of: "a", bytes: 100) == [])
        #expect(try await store.chunks(of: "a") == (0, 0))
        #expect(try await !store.append([1], to: "nobody"))
    }

    @Test("A holder that renews keeps its work; what others left is found")
    func leases() async throws {
        try await store.add(job("a", now: 1), limit: nil)
        try await store.add(job("b", now: 2), limit: nil)
        _ = try await store.claim(.job, WorkLease(holder: "one", until: 200), now: 100)
        _ = try await store.claim(.job, WorkLease(holder: "two", until: 200), now: 100)
        #expect(try await store.lapsed(.job, now: 150, or: nil).isEmpty)
        #expect(try await store.lapsed(.job, now: 150, or: "one").map(\.id) == ["a"])
        #expect(try await store.renew(.job, WorkLease(holder: "two", until: 400)) == ["b"])
        #expect(try await store.lapsed(.job, now: 300, or: nil).map(\.id) == ["a"])
    }

    @Test("What expired is forgotten with its chunks")
    func expiry() async throws {
        try await store.add(job("a", expires: 200), limit: nil)
        try await store.add(job("b", expires: 201), limit: nil)
        _ = try await store.append([1], to: "a")
        #expect(try await store.removeExpired(.job, now: 200) == ["a"])
        #expect(try await store.read("a") == nil)
        #expect(try await store.takeChunks(of: "a", bytes: 9) == [])
        #expect(try await store.remove("b"))
        #expect(try await !store.remove("b"))
    }

    @Test("Outcomes and progress are kept apart, an empty result too")
    func outcomes() async throws {
        try await store.add(job("a"), limit: nil)
        _ = try await store.claim(.job, lease, now: 100)
        let working = try await store.change("a") { record in
            record.progress = [9]
            return true
        }
        #expect(working?.progress == [9])
        _ = try await store.change("a") { $0.end(.completed, .result([]), at: 120) }
        let record = try await store.read("a")
        #expect(record?.outcome == .result([]) && record?.progress == [9])
        #expect(try await store.records(.job, in: [.completed], limit: 5).map(\.id) == ["a"])
        #expect(try await store.records(.job, in: [.queued, .working], limit: 5).isEmpty)
    }

    @Test("A file of a newer host is refused with a sentence")
    func newerFile() async throws {
        let path = directory.file("newer.sqlite")
        let newer = try SQLiteStore(path: path) { connection throws(SQLiteFailure) in
            try connection.run("PRAGMA user_version = 99")
        }
        await newer.close()
        #expect {
            _ = try SQLiteWorkStore(path: path)
        } throws: { error in
            "\(error)".contains("version 99") && "\(error)".contains("use the newer host")
        }
    }
}
