import EventWaiting
import Logging
import NIOPosix
import Redis
import RedisTesting
import Testing
import WorkStore

@Suite("Work in Redis", .timeLimit(.minutes(10)))
struct RedisWorkStoreTests {
    /// Two hosts on one Redis.
    private struct Hosts {
        let server: RunningRedis
        let clients: [RedisClient]
        let one: RedisWorkStore
        let two: RedisWorkStore

        func stop() async {
            for client in clients { client.close() }
            await server.kill()
        }
    }

    private let lease = WorkLease(holder: "one", until: 1_000)

    private func hosts() async throws -> Hosts {
        let server = try await RunningRedis.start()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let settings = RedisSettings(.tcp(host: "127.0.0.1", port: server.port))
        let clients = (0..<2).map { _ in
            RedisClient(settings, group: MultiThreadedEventLoopGroup.singleton, logger: logger)
        }
        try await until("the connections") { clients.allSatisfy(\.health.isWell) }
        return Hosts(
            server: server,
            clients: clients,
            one: RedisWorkStore(clients[0]),
            two: RedisWorkStore(clients[1])
        )
    }

    private func job(_ id: String, now: Int64 = 100, expires: Int64? = nil) -> WorkRecord {
        let request: [UInt8] = [0, 255, 10, 13]
        return WorkRecord(
            id: id,
            kind: .job,
            owner: "key:ci",
            request: request,
            details: [3],
            expires: expires,
            now: now
        )
    }

    @Test("A record is read as it was kept, by the other host too, with everything there can be")
    func keeps() async throws {
        let hosts = try await hosts()
        var record = job("a", expires: 900)
        try await hosts.one.add(record, limit: nil)
        #expect(try await hosts.two.read("a") == record)
        #expect(try await hosts.two.read("b") == nil)
        let began = record.begin(lease, at: 110)
        #expect(began)
        record.progress = [7]
        #expect(try await hosts.two.replace(record))
        #expect(try await hosts.one.read("a") == record.replaced)
        record = record.replaced
        let ended = record.end(.failed, .error([1]), at: 120)
        #expect(ended)
        record.expires = nil
        #expect(try await hosts.one.replace(record))
        #expect(try await hosts.two.read("a") == record.replaced)
        await hosts.stop()
    }

    @Test("An id is taken once, and no more wait than may")
    func bounds() async throws {
        let hosts = try await hosts()
        try await hosts.one.add(job("a"), limit: 2)
        await #expect(throws: WorkStoreFailure.taken(id: "a")) { try await hosts.two.add(job("a"), limit: 2) }
        try await hosts.two.add(job("b"), limit: 2)
        await #expect(throws: WorkStoreFailure.full(limit: 2)) { try await hosts.one.add(job("c"), limit: 2) }
        _ = try await hosts.two.claim(.job, lease, now: 110)
        try await hosts.one.add(job("c"), limit: 2)
        #expect(try await hosts.one.counts(of: .job) == [.queued: 2, .working: 1])
        await hosts.stop()
    }

    @Test("Jobs are begun in the order they came, also within a millisecond, each once, tasks never")
    func claims() async throws {
        let hosts = try await hosts()
        for id in ["c", "a", "b"] { try await hosts.one.add(job(id), limit: nil) }
        try await hosts.one.add(job("later", now: 101), limit: nil)
        try await hosts.one.add(
            WorkRecord(id: "t", kind: .task, owner: nil, request: [], lease: lease, now: 0),
            limit: nil
        )
        #expect(try await hosts.two.records(.job, in: [.queued], limit: 2).map(\.id) == ["c", "a"])
        var order: [String] = []
        while let record = try await hosts.two.claim(.job, lease, now: 150) {
            #expect(record.state == .working && record.lease == lease && record.attempts == 1)
            order.append(record.id)
        }
        #expect(order == ["c", "a", "b", "later"])
        await hosts.stop()
    }

    /// Each of two hosts makes 50 changes; none overwrites another's.
    @Test("Of two that change the same record one learns that it came second, and all changes count")
    func comparesAndSets() async throws {
        let hosts = try await hosts()
        try await hosts.one.add(job("a"), limit: nil)
        var first = try #require(try await hosts.one.read("a"))
        let second = first
        first.details = [9]
        #expect(try await hosts.one.replace(first))
        #expect(try await !hosts.two.replace(second))
        await withTaskGroup(of: Void.self) { group in
            for store in [hosts.one, hosts.two] {
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
        let record = try await hosts.one.read("a")
        #expect(record?.details.count == 101 && record?.revision == 101)
        await hosts.stop()
    }

    @Test("A holder that renews keeps its work, and learns what is its own no more")
    func leases() async throws {
        let hosts = try await hosts()
        try await hosts.one.add(job("a", now: 1), limit: nil)
        try await hosts.one.add(job("b", now: 2), limit: nil)
        _ = try await hosts.one.claim(.job, WorkLease(holder: "one", until: 200), now: 100)
        _ = try await hosts.two.claim(.job, WorkLease(holder: "two", until: 200), now: 100)
        #expect(try await hosts.one.lapsed(.job, now: 150, or: nil).isEmpty)
        #expect(try await hosts.one.lapsed(.job, now: 150, or: "one").map(\.id) == ["a"])
        #expect(try await hosts.two.renew(.job, WorkLease(holder: "two", until: 400)) == ["b"])
        #expect(try await hosts.two.renew(.task, WorkLease(holder: "two", until: 500)).isEmpty)
        #expect(try await hosts.one.lapsed(.job, now: 300, or: nil).map(\.id) == ["a"])
        _ = try await hosts.one.change("b") { $0.end(.cancelled, nil, at: 310) }
        #expect(try await hosts.two.renew(.job, WorkLease(holder: "two", until: 600)).isEmpty)
        await hosts.stop()
    }

    @Test("Chunks come out once, in order, and as many as fit; what expired is forgotten with them")
    func chunksAndExpiry() async throws {
        let hosts = try await hosts()
        try await hosts.one.add(job("a", expires: 200), limit: nil)
        try await hosts.one.add(job("b", expires: 201), limit: nil)
        for value in 1...4 as ClosedRange<UInt8> {
            #expect(try await hosts.one.append([value, value], to: "a"))
        }
        #expect(try await hosts.two.chunks(of: "a") == (4, 8))
        #expect(try await hosts.two.chunks(of: "nobody") == (0, 0))
        #expect(try await hosts.two.takeChunks(of: "a", bytes: 5) == [[1, 1], [2, 2]])
        #expect(
            try await hosts.two.takeChunks(of: "a", bytes: 1) == [[3, 3]],
            "one comes however large it is"
        )
        #expect(try await !hosts.two.append([1], to: "nobody"))
        #expect(try await hosts.two.removeExpired(.job, now: 200) == ["a"])
        #expect(try await hosts.one.read("a") == nil)
        #expect(try await hosts.one.takeChunks(of: "a", bytes: 9) == [])
        #expect(try await hosts.one.remove("b"))
        #expect(try await !hosts.one.remove("b"))
        #expect(try await hosts.one.counts(of: .job).isEmpty)
        await hosts.stop()
    }

    @Test("A Redis that is away is said to be")
    func away() async throws {
        let hosts = try await hosts()
        await hosts.server.kill()
        await #expect(throws: WorkStoreFailure.self) { try await hosts.one.add(job("a"), limit: nil) }
        await hosts.stop()
    }
}
