import EventWaiting
import Glibc
import RoostJSON
import Testing

/// What the host said was stored, updated or deleted is so, however often the cell is killed meanwhile.
///
/// ```
/// writers   store ✓  update ✓  delete ✗ ─────── store ✓ …    each on keys of its own
/// killer            (so many ✓) ── kill -9 ──> a new cell on the same file
/// ```
///
/// A call that failed may have been saved or not; one that succeeded was. `ROOST_KILLS` and `ROOST_KILL_WRITES` make it longer.
@Suite("Memory under kill -9", .timeLimit(.minutes(10)))
struct KilledMemory {
    private static let kills = number("ROOST_KILLS") ?? 3
    private static let writes = number("ROOST_KILL_WRITES") ?? 240
    private static let writers = 4
    private static let model = ProjectFiles.root + "/.build/models/all-MiniLM-L6-v2"
    private static let hasModel = access(model + "/model.safetensors", R_OK) == 0

    private static func number(_ name: String) -> Int? {
        getenv(name).flatMap { Int(String(cString: $0)) }
    }

    @Test("every acknowledged write is there, and words and vectors tell the same")
    func killed() async throws {
        var file = HostFile(plugins: [("memory", "libMemory.so")])
        let embedding = Self.hasModel ? "{ model: \(Self.model) }" : "off"
        file.settings["memory"] = """
                config: { embedding: \(embedding) }
                paths: { read: ["\(ProjectFiles.root)/.build/models"] }
                restart: { max: 1000, backoff: 1ms..10ms }
            """
        let host = try await RunningHost.start(file)
        defer { host.stop() }
        let client = ModernClient(port: host.port, path: "/mcp/memory")
        let acknowledged = Inbox<Void>()

        let written = try await withThrowingTaskGroup(of: MemoryWriter?.self) { tasks in
            for number in 0..<Self.writers {
                tasks.addTask {
                    var writer = MemoryWriter(number: number)
                    while writer.acknowledged < Self.writes / Self.writers {
                        if try await writer.write(through: client) { acknowledged.append(()) }
                    }
                    return writer
                }
            }
            tasks.addTask {
                for _ in 0..<Self.kills {
                    for _ in 0..<Self.writes / (Self.kills + 1) {
                        _ = try await acknowledged.next(within: .seconds(60))
                    }
                    try await Self.killCell(of: host)
                }
                return nil
            }
            var written: [MemoryWriter] = []
            for try await writer in tasks { if let writer { written.append(writer) } }
            return written
        }

        let stored = try await Self.everything(client)
        for writer in written {
            for (key, allowed) in writer.allowed {
                #expect(
                    allowed.contains(stored[key]),
                    "\(key): \(stored[key] ?? "absent"), expected one of \(allowed)"
                )
            }
        }
        #expect(Set(stored.keys).isSubset(of: written.flatMap { $0.allowed.keys }))
        for (key, content) in stored.sorted(by: { $0.key < $1.key }).prefix(30) {
            for mode in Self.hasModel ? ["vector", "lexical"] : ["lexical"] {
                let reply = try await client.call(
                    "retrieve",
                    ["query": .string(content), "k": 1, "mode": .string(mode)]
                )
                #expect(
                    reply.result?["structuredContent"]?["memories"]?[0]?["key"]?.string == key,
                    reply.exchange
                )
            }
        }
        #expect(
            try await SideProcess.succeeds([
                "python3", "-c", Self.soundness, host.data + "/plugins/memory/memory.sqlite",
            ])
        )
    }

    /// Kills the process that holds the plugin, when there is one at the moment.
    private static func killCell(of host: RunningHost) async throws {
        let cell = try await poll(for: "a cell") {
            let run = try await CommandLineRun(["status", "--json", "--data", host.data])
            return try JSONValue(parsing: run.output)["plugins"]?[0]?["usage"]?["process"]?.integer
        }
        #expect(kill(Int32(cell), SIGKILL) == 0 || errno == ESRCH)
    }

    private static func everything(_ client: ModernClient) async throws -> [String: String] {
        var stored: [String: String] = [:]
        var arguments: JSONObject = ["limit": 100]
        while true {
            let reply = try await client.call("list", arguments)
            let page = reply.result?["structuredContent"]
            for memory in try #require(page?["memories"]?.array, "\(reply)") {
                stored[memory["key"]?.string ?? ""] = memory["content"]?.string
            }
            guard let cursor = page?["next_cursor"] else { return stored }
            arguments["cursor"] = cursor
        }
    }

    /// The file is whole, each memory has its words and no other has, and no vector is left of what is gone.
    private static let soundness = """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        one = lambda sql: db.execute(sql).fetchone()[0]
        assert one("PRAGMA integrity_check") == "ok"
        db.execute("INSERT INTO memory_words(memory_words) VALUES ('integrity-check')")
        assert one("SELECT count(*) FROM memory") == one("SELECT count(*) FROM memory_words")
        assert one("SELECT count(*) FROM memory m JOIN memory_words w ON w.rowid = m.id AND w.content = CAST(m.content AS TEXT)") \\
            == one("SELECT count(*) FROM memory")
        assert one("SELECT count(*) FROM memory_vector WHERE memory NOT IN (SELECT id FROM memory)") == 0
        assert one("SELECT count(DISTINCT memory) FROM memory_vector") in (0, one("SELECT count(*) FROM memory"))
        """
}
