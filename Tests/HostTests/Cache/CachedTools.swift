import EventWaiting
import RedisTesting
import RoostJSON
import Testing

@Suite("Answers that are kept, over real HTTP", .timeLimit(.minutes(2)))
struct CachedTools {
    private static let settings = [
        "memory": """
            cache:
              read_graph: { ttl: 10m, scope: shared, tags: [graph] }
              create_entities: { invalidates: [graph] }
        """
    ]

    private static func file(_ further: String = "") -> HostFile {
        HostFile(plugins: [("memory", "libMemory.so")], further: further, settings: settings)
    }

    /// Creates an entity with this name.
    private func create(_ name: String, _ client: ModernClient) async throws {
        let entity: JSONValue = ["name": .string(name), "entityType": "thing", "observations": []]
        let reply = try await client.call("create_entities", ["entities": [entity]])
        #expect(reply.result?["isError"]?.bool != true && reply.result?["ttlMs"] == nil, "\(reply)")
    }

    /// The names in the graph, and what is left of their time.
    private func names(_ client: ModernClient) async throws -> (names: [String], ttl: Int64?) {
        let result = try await client.call("read_graph").result
        let entities = result?["structuredContent"]?["entities"]?.array ?? []
        return (entities.compactMap { $0["name"]?.string }, result?["ttlMs"]?.integer)
    }

    /// The statistics as `roost cache stats --json` prints them.
    private func statistics(_ host: RunningHost) async throws -> JSONValue {
        let run = try await CommandLineRun([
            "cache", "stats", "--json", "--data", host.directory.path + "/var",
        ])
        #expect(run.succeeded, "\(run)")
        return try JSONValue(parsing: run.output)
    }

    @Test("a read is kept, a write purges it before its answer, and an operator sees and purges")
    func memory() async throws {
        let host = try await RunningHost.start(Self.file("cache: { second_level: sqlite }"))
        let client = ModernClient(port: host.port, path: "/mcp/memory")
        #expect(try await names(client).names == [])
        let (kept, ttl) = try await names(client)
        #expect(kept == [] && (1...600_000).contains(ttl ?? 0))
        for name in ["ada", "bob"] {
            try await create(name, client)
            #expect(try await names(client).names.contains(name))
        }
        let counts = try await statistics(host)
        let memory = counts["plugins"]?["memory"]
        #expect(
            memory?["hit_memory"] == 1 && memory?["miss"] == 3 && memory?["invalidations"] == 2,
            "\(counts)"
        )
        #expect(counts["levels"]?[0]?["level"] == "sqlite")

        let purge = [
            "cache", "purge", "--plugin", "memory", "--tag", "graph", "--data", host.directory.path + "/var",
        ]
        let run = try await CommandLineRun(purge)
        #expect(run.succeeded && run.output.contains("1"), "\(run)")
        #expect(try await names(client).names.count == 2)
        #expect(try await statistics(host)["plugins"]?["memory"]?["miss"] == 4)
        let table = try await CommandLineRun(["cache", "stats", "--data", host.directory.path + "/var"])
        #expect(table.output.contains("hit_memory") && table.output.contains("sqlite"), "\(table)")
        host.stop()
    }

    @Test("two hosts on one Redis share answers and purges")
    func redis() async throws {
        let redis = try await RunningRedis.start()
        let further = "redis: { url: \"\(redis.url)\" }"
        let hosts = try await [RunningHost.start(Self.file(further)), RunningHost.start(Self.file(further))]
        let clients = hosts.map { ModernClient(port: $0.port, path: "/mcp/memory") }
        // Each host has a graph of its own here, so that an answer tells whose it is.
        try await create("one", clients[0])
        #expect(try await names(clients[0]).names == ["one"])
        _ = try await poll(for: "the answer of the first host at the second") {
            try await names(clients[1]).names == ["one"] ? true : nil
        }
        try await create("two", clients[1])
        #expect(try await names(clients[1]).names == ["two"])
        let seen = try await names(clients[0]).names
        #expect(seen == ["one"] || seen == ["two"])
        let counts = try await statistics(hosts[0])
        #expect(
            counts["levels"]?[0]?["level"] == "redis" && counts["levels"]?[0]?["shared"] == true,
            "\(counts)"
        )
        for host in hosts { host.stop() }
        await redis.kill()
    }

    @Test("Redis comes and goes: every call is answered, and with what is there")
    func outage() async throws {
        let redis = try await RunningRedis.start()
        let host = try await RunningHost.start(Self.file("redis: { url: \"\(redis.url)\" }"))
        let client = ModernClient(port: host.port, path: "/mcp/memory")
        for round in 0..<3 {
            try await create("before-\(round)", client)
            #expect(try await names(client).names.contains("before-\(round)"))
            await redis.kill()
            try await create("during-\(round)", client)
            for _ in 0..<5 { #expect(try await names(client).names.contains("during-\(round)")) }
            try await redis.restart()
        }
        host.stop()
        await redis.kill()
    }
}
