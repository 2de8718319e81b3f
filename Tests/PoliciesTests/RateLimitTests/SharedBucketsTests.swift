import EventWaiting
import Gateway
import Logging
import NIOPosix
import Policies
import Redis
import RedisTesting
import RoostJSON
import Synchronization
import Testing

@testable import Policies

@Suite("Buckets in Redis", .timeLimit(.minutes(2)))
struct SharedBucketsTests {
    private func client(_ redis: RunningRedis) -> RedisClient {
        var settings = RedisSettings(.tcp(host: "127.0.0.1", port: redis.port))
        settings.commandTimeout = .seconds(10)
        return RedisClient(
            settings,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func take(
        _ client: RedisClient,
        _ demands: [BucketDemand]
    ) async throws -> [GCRA.Decision] {
        let names = demands.map { "rule\($0.key.rule)" }
        return try await withCheckedContinuation { continuation in
            SharedBuckets(client).take(demands, names: names) { continuation.resume(returning: $0) }
        }
        .get()
    }

    private static let hourly = GCRA(count: 5, window: .seconds(3_600), burst: 5)

    @Test("two hosts together get what the rule allows, not a call more")
    func shared() async throws {
        let redis = try await RunningRedis.start()
        let clients = [client(redis), client(redis)]
        let demand = BucketDemand(key: BucketKey(rule: 0, principal: "a"), gcra: Self.hourly)
        let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask { try await self.take(clients[number % 2], [demand])[0].isAllowed }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(allowed == 5)
        let other = BucketDemand(key: BucketKey(rule: 0, principal: "b"), gcra: Self.hourly)
        let decision = try await take(clients[0], [other])[0]
        #expect(decision.isAllowed && decision.remaining == 4 && decision.wait == 0)
        #expect(decision.reset <= 720_000_000_000 && decision.reset > 719_000_000_000)
        let refused = try await take(clients[1], [demand])[0]
        #expect(!refused.isAllowed && refused.remaining == 0)
        #expect(refused.wait <= 720_000_000_000 && refused.wait > 600_000_000_000)
        for client in clients { client.close() }
        await redis.kill()
    }

    @Test("a call pays to every bucket or to none, and a bucket is gone when it is whole again")
    func atomic() async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis)
        let strict = GCRA(count: 1, window: .seconds(3_600), burst: 1)
        let both = [
            BucketDemand(key: BucketKey(rule: 0), gcra: Self.hourly),
            BucketDemand(key: BucketKey(rule: 1), gcra: strict),
        ]
        #expect(try await take(client, both).map(\.isAllowed) == [true, true])
        let refused = try await take(client, both)
        #expect(refused[0].remaining == 4, "the second call took nothing")
        let short = BucketDemand(
            key: BucketKey(rule: 2),
            gcra: GCRA(count: 1, window: .milliseconds(300), burst: 1)
        )
        _ = try await take(client, [short])
        let key = client.key(SharedBuckets.name(of: short.key, rule: "rule2"))
        let life = try await client.send(["PTTL", key]).integer ?? 0
        #expect(life <= 302, "\(life)")
        try await until("the key's end") { try await client.send(["EXISTS", key]) == .integer(0) }
        client.close()
        await redis.kill()
    }

    @Test("as in memory: sequences of random bursts end with the same numbers", arguments: 1...5)
    func equal(_ seed: UInt64) async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis)
        var random = SeededGenerator(seed: seed)
        // Intervals of hours: the moments of the calls do not matter, their number does.
        for rule in 0..<10 {
            let count = Int.random(in: 1...20, using: &random)
            let gcra = GCRA(
                count: count,
                window: .seconds(3_600 * count),
                burst: Int.random(in: 1...20, using: &random)
            )
            var table = BucketTable(capacity: 8)
            let key = BucketKey(rule: rule, principal: "p")
            for _ in 0..<25 {
                let here = table.take(key, gcra, now: 0)
                let there = try await take(client, [BucketDemand(key: key, gcra: gcra)])[0]
                #expect(
                    here.isAllowed == there.isAllowed && here.remaining == there.remaining,
                    "seed \(seed)"
                )
            }
        }
        client.close()
        await redis.kill()
    }

    @Test("no two callers share a key, whatever their names hold")
    func names() {
        let keys = [
            BucketKey(rule: 0), BucketKey(rule: 0, principal: ""), BucketKey(rule: 0, principal: "a:=b"),
            BucketKey(rule: 0, principal: "a", plugin: "b"), BucketKey(rule: 0, principal: "a%3A=b"),
            BucketKey(rule: 0, plugin: "a", tool: "b"), BucketKey(rule: 0, tool: "a:b"),
        ]
        #expect(Set(keys.map { SharedBuckets.name(of: $0, rule: "r") }).count == keys.count)
    }

    @Test(
        "Redis killed and restarted under load: the operator's choice holds for every single call",
        arguments: RateLimit.Outage.allCases
    )
    func outage(_ outage: RateLimit.Outage) async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis)
        let rule = RateRule(
            name: "wide",
            dimensions: [.principal],
            plugin: nil,
            tool: nil,
            count: 1_000_000,
            window: .seconds(1),
            burst: 1_000_000
        )
        let echo = try await EchoGateway([RateLimit([rule], redis: client, outage: outage)])
        let load = CallLoad()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while !load.isOver {
                        let answer = try await echo.call("add", ["a": 1, "b": 2], principal: "a")
                        load.count(answer)
                        // Without Redis a call ends without ever waiting: others have to come in between.
                        if answer["error"] == nil {
                            await Task.yield()
                        } else {
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    }
                }
            }
            for _ in 0..<2 {
                try await load.wait(for: 200)
                await redis.kill()
                // From here on no call can ask Redis: the count of good ones says what was let through.
                try await until { !client.health.isWell && client.health.ready == 0 }
                let before = load.counts
                try await load.wait(for: 200)
                let after = load.counts
                switch outage {
                case .open, .local: #expect(after.refused == 0, "no call fails for want of Redis")
                case .closed:
                    // At most the calls that were under way when the count was taken.
                    #expect(after.good - before.good <= 4, "none is let through unasked")
                    #expect(after.refused > before.refused)
                }
                try await redis.restart()
                try await until { client.health.isWell }
            }
            let before = load.counts.good
            try await until { load.counts.good > before + 100 }
            load.end()
            try await group.waitForAll()
        }
        #expect(load.counts.odd == [])
        client.close()
        await echo.stop()
        await redis.kill()
    }
}

/// What became of calls.
private final class CallLoad: Sendable {
    struct Counts {
        var good = 0
        var refused = 0
        /// Answers that should never be seen.
        var odd: [String] = []

        var all: Int { good + refused + odd.count }
    }

    private let state = Mutex((counts: Counts(), isOver: false))

    var counts: Counts { state.withLock { $0.counts } }
    var isOver: Bool { state.withLock { $0.isOver } }

    func end() { state.withLock { $0.isOver = true } }

    func count(_ answer: JSONValue) {
        state.withLock { state in
            if answer["result"]?["isError"] == nil, answer["result"] != nil {
                state.counts.good += 1
            } else if answer["error"]?["data"]?["cause"] == "unavailable" {
                state.counts.refused += 1
            } else {
                state.counts.odd.append(answer.text)
            }
        }
    }

    /// Waits until so many further calls were answered.
    func wait(for further: Int) async throws {
        let goal = counts.all + further
        try await until("\(further) further answers") { counts.all >= goal }
    }
}
