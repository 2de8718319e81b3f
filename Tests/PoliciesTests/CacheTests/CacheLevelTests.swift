import EventWaiting
import Glibc
import Logging
import NIOPosix
import Redis
import RedisTesting
import SQLiteStore
import Testing

@testable import Policies

@Suite("Second levels: the same promises from a file and from Redis")
struct CacheLevelTests {
    enum Kind: String, CaseIterable { case sqlite, redis }

    private func withLevel(
        _ kind: Kind,
        _ body: (any CacheLevel) async throws -> Void
    ) async throws {
        switch kind {
        case .sqlite:
            let file = TemporaryFile()
            let level = try SQLiteLevel(path: file.path, capacity: 1 << 20)
            try await body(level)
            await level.close()
            file.remove()
        case .redis:
            let server = try await RunningRedis.start()
            let client = RedisClient.of(server)
            try await client.connected()
            try await body(RedisLevel(client))
            client.close()
            await server.kill()
        }
    }

    private let key = CacheKey(bytes: Array(0..<32))
    private let guards = ["*", "p", "p/t", "p#tag"]

    @Test("gives back what it keeps, with the generations of that moment", arguments: Kind.allCases)
    func keeps(_ kind: Kind) async throws {
        try await withLevel(kind) { level in
            let (nothing, first) = await level.read(key, guards)
            let stamp = try #require(first)
            #expect(nothing == nil && stamp.count == 4)
            #expect(await level.stamp(guards) == stamp)
            #expect(await level.write(key, [1, 0, 255], guards, stamp))
            #expect(await level.write(CacheKey(bytes: [9]), [], guards, stamp))
            let (record, second) = await level.read(key, guards)
            #expect(record == [1, 0, 255] && second == stamp)
        }
    }

    @Test(
        "a purge moves the generations it names, and outdated answers are not kept",
        arguments: Kind.allCases
    )
    func purges(_ kind: Kind) async throws {
        try await withLevel(kind) { level in
            let stamp = try #require(await level.stamp(guards))
            #expect(await level.advance(["p#tag"]))
            let after = try #require(await level.stamp(guards))
            #expect(after.dropLast() == stamp.dropLast() && after.last != stamp.last)
            #expect(await level.write(key, [1], guards, stamp))
            #expect(await level.read(key, guards).0 == nil)
            #expect(await level.write(key, [2], guards, after))
            #expect(await level.read(key, guards).0 == [2])
        }
    }

    @Test("a record is gone after its time", arguments: Kind.allCases)
    func expires(_ kind: Kind) async throws {
        try await withLevel(kind) { level in
            let stamp = try #require(await level.stamp(guards))
            #expect(await level.write(key, [1], guards, stamp, for: .zero))
            // One second is added against clocks that differ.
            try await until { await level.read(key, guards).0 == nil }
        }
    }

    @Test("the file outlives its host, belongs to one at a time, and is begun anew when it is damaged")
    func file() async throws {
        let file = TemporaryFile()
        let first = try SQLiteLevel(path: file.path, capacity: 1 << 20)
        let stamp = try #require(await first.stamp(guards))
        #expect(await first.write(key, [7], guards, stamp))
        #expect(throws: SQLiteFailure.self) { try SQLiteLevel(path: file.path, capacity: 1 << 20) }
        await first.close()
        #expect(await first.stamp(guards) == nil)
        #expect(await first.advance(guards) == false)

        let second = try SQLiteLevel(path: file.path, capacity: 1 << 20)
        let (record, same) = await second.read(key, guards)
        #expect(record == [7] && same == stamp)
        await second.close()

        file.write(Array("This was a database once. ".utf8) + Array(repeating: 7, count: 8_192))
        let third = try SQLiteLevel(path: file.path, capacity: 1 << 20)
        #expect(await third.read(key, guards).0 == nil)
        await third.close()
        file.remove()
    }

    @Test("the file holds no more than it may; what was used longest ago makes room")
    func bounded() async throws {
        let file = TemporaryFile()
        let clock = HandClock()
        let level = try SQLiteLevel(path: file.path, capacity: 1 << 20, wallClock: { clock.wallClock })
        let stamp = try #require(await level.stamp(guards))
        func key(_ number: Int) -> CacheKey { CacheKey(bytes: [UInt8(number)]) }
        for number in 0..<30 {
            clock.advance(.seconds(61))
            #expect(
                await level.write(
                    key(number),
                    Array(repeating: 1, count: 50_000),
                    guards,
                    stamp,
                    for: .seconds(1 << 20)
                )
            )
            _ = await level.read(key(0), guards)
        }
        let size = try #require(await level.size())
        #expect(size.bytes <= 1 << 20 && size.records >= 10)
        #expect(await level.read(key(0), guards).0 != nil)
        #expect(await level.read(key(1), guards).0 == nil)
        #expect(await level.read(key(29), guards).0 != nil)
        #expect(await level.write(key(99), Array(repeating: 1, count: 1 << 19), guards, stamp))
        #expect(await level.read(key(99), guards).0 == nil)
        await level.close()
        file.remove()
    }

    @Test("a Redis that lost everything never gives an old generation again, and one that is away says so")
    func lost() async throws {
        let server = try await RunningRedis.start()
        let client = RedisClient.of(server)
        try await client.connected()
        let level = RedisLevel(client)
        let stamp = try #require(await level.stamp(guards))
        await server.kill()
        try await until("away") { await level.stamp(guards) == nil }
        #expect(await level.advance(guards) == false)
        #expect(await level.write(key, [1], guards, stamp) == false)
        try await server.restart()
        try await client.connected()
        let after = try #require(await level.stamp(guards))
        #expect(zip(after, stamp).allSatisfy { $0 != $1 })
        client.close()
        await server.kill()
    }
}

/// A path in a folder for temporary files that nobody uses.
struct TemporaryFile {
    let path = "/tmp/roost-cache-\(getpid())-\(UInt64.random(in: 0 ... .max)).sqlite"

    func write(_ bytes: [UInt8]) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        _ = Glibc.write(descriptor, bytes, bytes.count)
        close(descriptor)
    }

    func remove() { for ending in ["", "-wal", "-shm"] { unlink(path + ending) } }
}

extension RedisClient {
    static func of(_ server: RunningRedis) -> RedisClient {
        var settings = RedisSettings(.tcp(host: "127.0.0.1", port: server.port))
        // A busy machine is no Redis that is away.
        settings.commandTimeout = .seconds(10)
        return RedisClient(
            settings,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Waits until every connection is there.
    func connected() async throws {
        try await until("Redis answers") {
            for _ in 0..<8 where (try? await send(["PING"])) == nil { return false }
            return true
        }
    }
}

extension CacheLevel {
    func stamp(_ guards: [String]) async -> CacheStamp? {
        await withCheckedContinuation { waiter in stamp(guards) { waiter.resume(returning: $0) } }
    }

    func read(_ key: CacheKey, _ guards: [String]) async -> ([UInt8]?, CacheStamp?) {
        await withCheckedContinuation { waiter in read(key, guards) { waiter.resume(returning: ($0, $1)) } }
    }

    func write(
        _ key: CacheKey,
        _ record: [UInt8],
        _ guards: [String],
        _ stamp: CacheStamp,
        for lifetime: Duration = .seconds(60)
    ) async -> Bool {
        await withCheckedContinuation { waiter in
            write(key, record, guards, stamp, for: lifetime) { waiter.resume(returning: $0) }
        }
    }

    func advance(_ guards: [String]) async -> Bool {
        await withCheckedContinuation { waiter in advance(guards) { waiter.resume(returning: $0) } }
    }

    func size() async -> (records: Int, bytes: Int)? {
        await withCheckedContinuation { waiter in size { waiter.resume(returning: $0) } }
    }
}
