import EventWaiting
import Gateway
import Metrics
import ObjectStoreTesting
import OutboundHTTP
import PluginRuntime
import RoostJSON
import Testing

@testable import Policies

@Suite(
    "Large answers in an object store",
    .enabled(
        if: RunningObjectStore.isInstalled,
        "needs .build/venv-s3 with the package moto (make test installs it)"
    )
)
struct ObjectLevelTests {
    private static let credentials = AWSSignature.Credentials(accessKey: "key", secretKey: "secret")

    private func settings(_ store: RunningObjectStore) -> S3Objects.Settings {
        var settings = S3Objects.Settings(
            endpoint: store.endpoint,
            bucket: "answers",
            credentials: Self.credentials
        )
        settings.threshold = 1_000
        return settings
    }

    private func withBucket(
        _ body: (RunningObjectStore, S3Objects, CurlClient) async throws -> Void
    ) async throws {
        let store = try #require(await RunningObjectStore.start())
        let client = CurlClient(ClientSettings())
        var request = OutboundRequest("\(store.endpoint)/answers")
        request.method = "PUT"
        request.signature = AWSSignature(Self.credentials, region: "us-east-1", service: "s3")
        let made = await client.answer(request)
        #expect(made == 200)
        try await body(store, S3Objects(settings(store), client: client), client)
        await store.stop()
        client.stop()
    }

    @Test("gives back what it keeps, the newer in place of the older, and nothing for what is not there")
    func objects() async throws {
        try await withBucket { store, objects, _ in
            let large = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(await objects.get("none") == nil)
            #expect(await objects.put("a", large))
            #expect(await objects.get("a") == large)
            #expect(await objects.put("a", [1]))
            #expect(await objects.get("a") == [1])
            await store.stop()
            #expect(await objects.get("a") == nil)
            #expect(await objects.put("a", [1]) == false)
        }
    }

    @Test("a large answer goes to the bucket, is served from there, and never when somebody changed it")
    func throughTheCache() async throws {
        try await withBucket { store, objects, client in
            let file = TemporaryFile()
            let long = String(repeating: "long ", count: 1_000)
            let plugin = ScriptedPlugin { $0.answer($0.arguments.contains("1") ? long : "short") }
            func start() async throws -> CacheHost {
                let level = try SQLiteLevel(path: file.path, capacity: 1 << 20)
                return try await CacheHost(
                    ["add": .of(.seconds(60), .shared)],
                    plugin,
                    level: level,
                    objects: objects
                )
            }
            func finished(_ host: CacheHost, _ place: Int, _ member: String, _ count: Int64) async throws {
                try await until("\(member) \(count)") {
                    await host.cache.statistics()["levels"]?[place]?[member]?.integer == count
                }
            }
            let first = try await start()
            for number in [1, 2] { _ = try await first.ask("add", ["a": .integer(Int64(number))]) }
            try await finished(first, 1, "write_done", 1)
            try await finished(first, 0, "write_done", 2)
            let size = await first.cache.statistics()["levels"]?[0]?["bytes"]?.integer ?? 0
            #expect((1..<2_000).contains(size))
            await first.stop()

            let second = try await start()
            let call = try second.begin("add", ["a": 1], sink: AnswerSink())
            try await until("answered") { call.isOver }
            #expect(CacheHost.text(try await second.ask("add", ["a": 1])) == long)
            #expect(CacheHost.text(try await second.ask("add", ["a": 2])) == "short")
            #expect(plugin.arrivals.count == 2)
            let numbers = await second.cache.statistics()["plugins"]?["echo"]
            #expect(numbers?["hit_object"] == 1 && numbers?["hit_memory"] == 1 && numbers?["hit_shared"] == 1)
            await second.stop()

            // Somebody else writes to the bucket.
            let name = try #require(plugin.keys(of: "1").first)
            #expect(await objects.put(name, Array(#"{"content":[{"type":"text","text":"forged"}]}"#.utf8)))
            let third = try await start()
            #expect(CacheHost.text(try await third.ask("add", ["a": 1])) == long)
            #expect(plugin.arrivals.count == 3)
            try await finished(third, 1, "write_done", 1)
            await third.stop()

            await store.stop()
            let fourth = try await start()
            #expect(CacheHost.text(try await fourth.ask("add", ["a": 1])) == long)
            #expect(CacheHost.text(try await fourth.ask("add", ["a": 2])) == "short")
            #expect(plugin.arrivals.count == 4)
            await fourth.stop()
            file.remove()
        }
    }
}

extension ScriptedPlugin {
    /// The names under which answers to calls whose arguments hold a text are kept.
    fileprivate func keys(of text: String) -> [String] {
        let label = CacheLabel(plugin: "echo", tool: "add", terms: CacheTerms(timeToLive: .seconds(60)))
        return arrivals.filter { $0.arguments.contains(text) }.compactMap { arrival in
            guard let tool = arrival.call.tool else { return nil }
            var hints = tool.hints
            hints.cacheTTL = .seconds(60)
            hints.cacheIsShared = true
            let counters = CacheCounters(plugin: "echo", factory: NOOPMetricsHandler.instance)
            let cached = CachedTool(tool, ResolvedRule(nil, over: hints), counters: counters)
            return CacheQuestion(arrival.call, cached, label).key.text
        }
    }
}

extension CurlClient {
    /// The status of an answer; 0 when there is none.
    fileprivate func answer(_ request: OutboundRequest) async -> Int {
        await withCheckedContinuation { waiter in
            send(request) { result in
                if case .success(let response) = result {
                    waiter.resume(returning: response.status)
                } else {
                    waiter.resume(returning: 0)
                }
            }
        }
    }
}

extension CacheObjects {
    func get(_ name: String) async -> [UInt8]? {
        await withCheckedContinuation { waiter in get(name) { waiter.resume(returning: $0) } }
    }

    func put(_ name: String, _ bytes: [UInt8]) async -> Bool {
        await withCheckedContinuation { waiter in put(name, bytes) { waiter.resume(returning: $0) } }
    }
}
