import EventWaiting
import RoostJSON
import Testing

/// The plugin that needs most of the system, SQLite and files of the operator, in a confined cell.
@Suite("Memory in a confined cell", .timeLimit(.minutes(1)))
struct ConfinedMemory {
    private static let line =
        #"{"type":"entity","name":"Ada","entityType":"person","observations":["wrote"]}"#

    private static func start(_ folder: String, _ grant: String) async throws -> RunningHost {
        try TextFile.write(line + "\n", to: folder + "/old.jsonl")
        var file = HostFile(plugins: [("memory", "libMemory.so")])
        file.settings["memory"] =
            "    config: { import: \(folder)/old.jsonl, export: graph.jsonl }\n    \(grant)"
        return try await RunningHost.start(file)
    }

    @Test("reads what it was granted, and keeps and exports its graph in its own folder") func granted()
        async throws
    {
        try await TemporaryDirectory.with { folder in
            let host = try await Self.start(folder, "paths: { write: [\"\(folder)\"] }")
            defer { host.stop() }
            let client = ModernClient(port: host.port, path: "/mcp/memory")
            let entity: JSONValue = ["name": "Bob", "entityType": "person", "observations": ["reads"]]
            let reply = try await client.call("create_entities", ["entities": [entity]])
            #expect(reply.result?["isError"]?.bool != true, reply.exchange)
            let graph = try await client.call("read_graph")
            let names = graph.result?["structuredContent"]?["entities"]?.array?.map { $0["name"]?.string }
            #expect(names == ["Ada", "Bob"], graph.exchange)
            let export = host.directory.path + "/var/plugins/memory/graph.jsonl"
            _ = try await poll(for: "an export with both") {
                TextFile.text(export)?.contains("Bob") == true ? true : nil
            }
        }
    }

    @Test("does not start when it may not read what its config names, and says which file") func denied()
        async throws
    {
        try await TemporaryDirectory.with { folder in
            let host = try await Self.start(folder, "confinement: best-effort")
            defer { host.stop() }
            let client = ModernClient(port: host.port, path: "/mcp/memory")
            let health = HTTPRequest(method: "GET", target: "/health")
            let reply = try await HTTPConnection.exchange(health, port: host.port)
            let measures = try JSONValue(parsing: reply.body)["plugins"]?["memory"]?["confinement"]?[
                "measures"
            ]
            // A kernel without Landlock lets it read.
            guard measures?["files"]?["state"] != "absent" else { return }
            let graph = try await client.call("read_graph")
            #expect(graph.error != nil || graph.result?["isError"] == true, graph.exchange)
            #expect(host.log.contains(folder + "/old.jsonl"), "\(host.log)")
        }
    }
}
