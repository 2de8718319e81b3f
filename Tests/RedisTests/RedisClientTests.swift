import EventWaiting
import Logging
import NIOCore
import NIOPosix
import Redis
import RedisTesting
import Synchronization
import Testing

@Suite("Redis, the real one", .timeLimit(.minutes(2)))
struct RedisClientTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func client(
        _ redis: RunningRedis,
        _ change: (inout RedisSettings) -> Void = { _ in }
    ) -> RedisClient {
        var settings = RedisSettings(.tcp(host: "127.0.0.1", port: redis.port))
        settings.commandTimeout = .seconds(10)
        change(&settings)
        return RedisClient(settings, group: MultiThreadedEventLoopGroup.singleton, logger: Self.logger)
    }

    @Test("every kind of reply comes back as what it is")
    func kinds() async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis)
        let bytes: [UInt8] = [0, 13, 10, 255]
        #expect(try await client.send(["SET", "bytes", .bytes(bytes)]) == .status("OK"))
        #expect(try await client.send(["GET", "bytes"]) == .bytes(bytes))
        #expect(try await client.send(["GET", "nothing"]) == .null)
        #expect(try await client.send(["INCRBY", "n", 41]) == .integer(41))
        #expect(
            try await client.send(["MGET", "n", "nothing"]) == .array([.bytes(Array("41".utf8)), .null])
        )
        await #expect(throws: RedisFailure.self) { try await client.send(["INCR", "bytes"]) }
        #expect(try await client.send(["INCR", "n"]).integer == 42, "an error spoils nothing behind it")
        client.close()
        await #expect(throws: RedisFailure(.closed, "the client of Redis is closed")) {
            try await client.send(["PING"])
        }
        await redis.kill()
    }

    @Test("long values cross whole, in both directions")
    func long() async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis)
        let value = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        _ = try await client.send(["SET", "long", .bytes(value)])
        #expect(try await client.send(["GET", "long"]) == .bytes(value))
        client.close()
        await redis.kill()
    }

    @Test("a script runs as one step, and again after Redis has forgotten it")
    func script() async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis)
        let script = RedisScript("return redis.call('INCRBY', KEYS[1], ARGV[1])")
        #expect(try await client.run(script, keys: ["n"], arguments: [2]).integer == 2)
        #expect(try await client.run(script, keys: ["n"], arguments: [3]).integer == 5)
        _ = try await client.send(["SCRIPT", "FLUSH"])
        #expect(try await client.run(script, keys: ["n"], arguments: [4]).integer == 9)
        client.close()
        await redis.kill()
    }

    @Test("password and database are used; a wrong password is a sentence, not a wait")
    func login() async throws {
        let redis = try await RunningRedis.start(["--requirepass", "secret"])
        let right = client(redis) {
            $0.password = "secret"
            $0.database = 3
        }
        _ = try await right.send(["SET", "key", "value"])
        let info = try await right.send(["INFO", "keyspace"]).text ?? ""
        #expect(info.contains("db3:keys=1"), "\(info)")
        right.close()
        let wrong = client(redis) { $0.password = "guess" }
        let failure = await #expect(throws: RedisFailure.self) { try await wrong.send(["PING"]) }
        #expect(failure?.message.contains("WRONGPASS") == true)
        #expect(wrong.health.problem?.contains("WRONGPASS") == true)
        wrong.close()
        await redis.kill()
    }

    @Test("a hanging Redis costs one timeout; then commands fail at once until it goes on")
    func hang() async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis) {
            $0.commandTimeout = .milliseconds(300)
            $0.connections = 1
        }
        try await untilWell(client)
        redis.hang()
        var causes: Set<RedisFailure.Cause> = []
        let begin = ContinuousClock.now
        for _ in 0..<1_000 {
            do throws(RedisFailure) { _ = try await client.send(["PING"]) } catch {
                causes.insert(error.cause)
            }
        }
        #expect(causes.contains(.timeout))
        #expect(ContinuousClock.now - begin < .seconds(30), "not a thousand timeouts")
        redis.resume()
        try await untilWell(client)
        client.close()
        await redis.kill()
    }

    @Test("killed and restarted under load: everybody is answered, and the client comes back by itself")
    func restart() async throws {
        let redis = try await RunningRedis.start()
        let client = client(redis) { $0.commandTimeout = .seconds(2) }
        try await untilWell(client)
        let load = Load()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    while !load.isOver {
                        let isGood = (try? await client.send(["INCR", .text("w\(worker)")])) != nil
                        load.count(isGood)
                        if !isGood { try await Task.sleep(for: .milliseconds(1)) }
                    }
                }
            }
            for _ in 0..<3 {
                let before = load.counts.good
                try await until { load.counts.good > before + 100 }
                let bad = load.counts.bad
                await redis.kill()
                try await until { load.counts.bad > bad + 20 && !client.health.isWell }
                try await redis.restart()
            }
            let before = load.counts.good
            try await until { load.counts.good > before + 100 }
            load.end()
            try await group.waitForAll()
        }
        #expect(client.health.pending == 0)
        client.close()
        await redis.kill()
    }

    @Test("without Redis a command fails in no time, from the second on")
    func absent() async throws {
        let redis = try await RunningRedis.start()
        await redis.kill()
        let client = client(redis)
        await #expect(throws: RedisFailure.self) { try await client.send(["PING"]) }
        let begin = ContinuousClock.now
        for _ in 0..<1_000 {
            await #expect(throws: RedisFailure.self) { try await client.send(["PING"]) }
        }
        #expect(ContinuousClock.now - begin < .seconds(20))
        client.close()
    }

    private func untilWell(_ client: RedisClient) async throws {
        try await until {
            guard client.health.isWell else { return false }
            return (try? await client.send(["PING"])) != nil
        }
    }
}

/// How many commands went well and how many did not.
private final class Load: Sendable {
    private let state = Mutex((good: 0, bad: 0, isOver: false))

    var counts: (good: Int, bad: Int) { state.withLock { ($0.good, $0.bad) } }
    var isOver: Bool { state.withLock { $0.isOver } }

    func count(_ isGood: Bool) { state.withLock { if isGood { $0.good += 1 } else { $0.bad += 1 } } }
    func end() { state.withLock { $0.isOver = true } }
}
