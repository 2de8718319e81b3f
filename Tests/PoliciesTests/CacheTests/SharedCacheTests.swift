import EventWaiting
import Redis
import RedisTesting
import RoostJSON
import Synchronization
import Testing

@testable import Policies

@Suite("Two caches on one Redis, and one on a file")
struct SharedCacheTests {
    private static let rules: [String: CacheRule] = [
        "add": .of(.seconds(60), .shared, tags: ["graph"]), "sleep": .of(.seconds(60), .shared),
        "echo": .of(nil, invalidates: ["graph"]),
    ]

    @Test("what one host has asked the other need not, and what one purges the other does not serve")
    func shared() async throws {
        let server = try await RunningRedis.start()
        let clients = [RedisClient.of(server), RedisClient.of(server)]
        for client in clients { try await client.connected() }
        let plugins = ["one", "two"].map { name in ScriptedPlugin { $0.answer(name) } }
        let one = try await CacheHost(Self.rules, plugins[0], level: RedisLevel(clients[0]))
        let two = try await CacheHost(Self.rules, plugins[1], level: RedisLevel(clients[1]))

        #expect(CacheHost.text(try await one.ask("add", ["a": 1])) == "one")
        try await until("the answer is kept in Redis") {
            let levels = await one.cache.statistics()["levels"]?[0]
            return levels?["write_done"]?.integer == 1
        }
        // Redis has it, then the memory of the second host: both give the first one's answer.
        for _ in 0..<3 { #expect(CacheHost.text(try await two.ask("add", ["a": 1])) == "one") }
        #expect(plugins[1].arrivals.isEmpty)

        // A write at the second host: at its answer, the first host's memory is worth nothing either.
        _ = try await two.ask("echo", ["text": "w"])
        #expect(CacheHost.text(try await one.ask("add", ["a": 1])) == "one")
        #expect(plugins[0].arrivals.count == 2)

        // An operator's purge reaches answers without tags within the time they are not checked for.
        _ = try await one.ask("sleep", ["seconds": 0])
        #expect(await two.cache.purge(CacheFilter(plugin: "echo", tool: nil, tag: nil)).isComplete)
        one.clock.advance(.seconds(1))
        _ = try await one.ask("sleep", ["seconds": 0])
        #expect(plugins[0].arrivals.count == 4)

        for host in [one, two] { await host.stop() }
        for client in clients { client.close() }
        await server.kill()
    }

    @Test("with Redis away calls go on, nothing outdated is served, and purges are made up for")
    func outage() async throws {
        let server = try await RunningRedis.start()
        let client = RedisClient.of(server)
        try await client.connected()
        let plugin = ScriptedPlugin { $0.answer("x") }
        let host = try await CacheHost(Self.rules, plugin, level: RedisLevel(client))
        for _ in 0..<2 { _ = try await host.ask("add", ["a": 1]) }
        for _ in 0..<2 { _ = try await host.ask("sleep", ["seconds": 0]) }
        #expect(plugin.arrivals.count == 2)

        await server.kill()
        try await until("away") { (try? await client.send(["PING"])) == nil }
        for _ in 0..<3 { #expect(CacheHost.text(try await host.ask("add", ["a": 1])) == "x") }
        #expect(plugin.arrivals.count == 5)
        host.clock.advance(.seconds(2))
        #expect(CacheHost.text(try await host.ask("sleep", ["seconds": 0])) == "x")
        #expect(plugin.arrivals.count == 5)
        // The write is answered although nobody can be told of it; its tag stays out of the cache until somebody can.
        #expect(CacheHost.text(try await host.ask("echo", ["text": "w"])) == "x")
        #expect(await host.cache.purge(.everything).isComplete == false)

        try await server.restart()
        try await client.connected()
        for _ in 0..<2 { _ = try await host.ask("add", ["a": 2]) }
        let before = plugin.arrivals.count
        #expect(before == 8)
        try await until("the purge is made up for") {
            host.clock.advance(.seconds(1))
            return host.cache.state.withLock { $0.tags.values.allSatisfy { $0.writers == 0 } }
        }
        for _ in 0..<3 { _ = try await host.ask("add", ["a": 3]) }
        #expect(plugin.arrivals.count == before + 1)
        await host.stop()
        client.close()
        await server.kill()
    }

    @Test("a file keeps answers over a restart, and a purge as well")
    func restart() async throws {
        let file = TemporaryFile()
        let plugin = ScriptedPlugin { $0.answer("x") }
        func start() async throws -> CacheHost {
            try await CacheHost(
                Self.rules,
                plugin,
                level: try SQLiteLevel(path: file.path, capacity: 1 << 20)
            )
        }
        let first = try await start()
        for number in 1...2 { _ = try await first.ask("add", ["a": .integer(Int64(number))]) }
        await first.stop()
        let second = try await start()
        #expect(CacheHost.text(try await second.ask("add", ["a": 1])) == "x")
        #expect(plugin.arrivals.count == 2)
        _ = try await second.ask("echo", ["text": "w"])
        await second.stop()
        let third = try await start()
        _ = try await third.ask("add", ["a": 2])
        #expect(plugin.arrivals.count == 4)
        await third.stop()
        file.remove()
    }

    @Test("the answer of a writing call waits for the second level")
    func order() async throws {
        let file = TemporaryFile()
        let plugin = ScriptedPlugin { $0.answer("x") }
        let level = try SQLiteLevel(path: file.path, capacity: 1 << 20)
        let host = try await CacheHost(Self.rules, plugin, level: level)
        let before = await level.stamp(["echo#graph"])
        let answer = AnswerSink()
        _ = try host.begin("echo", ["text": "w"], sink: answer)
        _ = await answer.message
        // Work of the level comes in order: what is seen now was done before the answer.
        #expect(await level.stamp(["echo#graph"]) != before)
        await host.stop()
        file.remove()
    }
}
