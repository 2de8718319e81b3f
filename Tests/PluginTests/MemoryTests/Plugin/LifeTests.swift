import MemoryServer
import RoostJSON
import RoostKit
import RoostTesting
import Testing

@Suite("Start and stop")
struct LifeTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func names(_ memory: PluginHarness) async throws -> [String] {
        try await memory.callTool("read_graph").structured?["entities"]?.array?.compactMap {
            $0["name"]?.string
        } ?? []
    }

    @Test("the graph outlives the plugin")
    func outlives() async throws {
        for round in 1...2 {
            try await withPlugin(MemoryPlugin.self, dataDirectory: directory.path) { memory in
                #expect(try await names(memory) == (round == 1 ? [] : ["A"]))
                _ = try await memory.callTool(
                    "create_entities",
                    ["entities": [["name": "A", "entityType": "t", "observations": []]]]
                )
            }
        }
    }

    @Test(
        "the memory.jsonl named in the config, or the older memory.json, is imported at the first start only",
        arguments: ["memory.jsonl", "memory.json"]
    )
    func importAtStart(_ name: String) async throws {
        try directory.write(
            #"{"type":"entity","name":"Old","entityType":"t","observations":[]}"# + "\nbad",
            to: name
        )
        for round in 1...2 {
            try await withPlugin(
                MemoryPlugin.self,
                config: ["import": "memory.jsonl"],
                dataDirectory: directory.path
            ) { memory in
                #expect(try await names(memory) == (round == 1 ? ["Old"] : []))
                let reports = memory.logs.filter { $0.text.contains("Imported") }
                #expect(reports.map(\.level) == (round == 1 ? [.warning] : []))
                #expect(reports.allSatisfy { $0.text.contains("\(name).rejected-1") })
                _ = try await memory.callTool("delete_entities", ["entityNames": ["Old"]])
            }
        }
        #expect(directory.names.filter { $0.contains("rejected") } == ["\(name).rejected-1"])
    }

    @Test("an import that is named and absent is said, and the plugin runs")
    func absentImport() async throws {
        try await withPlugin(MemoryPlugin.self, config: ["import": "/nowhere/graph.jsonl"]) { memory in
            #expect(memory.logs.contains { $0.text.contains("/nowhere/graph.jsonl") })
            let names = try await names(memory)
            #expect(names.isEmpty)
        }
    }

    @Test("MEMORY_FILE_PATH is read at start and written at stop, as upstream would have written it")
    func upstreamPath() async throws {
        try directory.write(
            #"{"type":"entity","name":"Old","entityType":"t","observations":[]}"# + "\n",
            to: "shared.jsonl"
        )
        try await withPlugin(
            MemoryPlugin.self,
            config: ["MEMORY_FILE_PATH": .string(directory.file("shared.jsonl"))]
        ) { memory in
            #expect(try await names(memory) == ["Old"])
            _ = try await memory.callTool(
                "create_entities",
                ["entities": [["name": "New", "entityType": "t", "observations": ["x"]]]]
            )
        }
        #expect(
            directory.text(of: "shared.jsonl") == """
                {"type":"entity","name":"Old","entityType":"t","observations":[]}
                {"type":"entity","name":"New","entityType":"t","observations":["x"]}
                """
        )
        #expect(directory.names == ["shared.jsonl"], "nothing was set aside or kept")
    }

    @Test("an export that cannot be written is said in the log and fails no call")
    func failedExport() async throws {
        try await withPlugin(MemoryPlugin.self, config: ["export": "absent/graph.jsonl"]) { memory in
            let names = try await names(memory)
            #expect(names.isEmpty)
            try await memory.log { $0.level == .error && $0.text.contains("absent/graph.jsonl") }
        }
    }

    @Test("a config that cannot be used stops the plugin with its sentence")
    func badConfig() async throws {
        let error = await #expect(throws: HarnessError.self) {
            try await PluginHarness(MemoryPlugin.self, config: ["exprt": "x"], dataDirectory: directory.path)
        }
        #expect(error?.description.contains("no key \"exprt\"") == true)
    }

    @Test("a database that cannot be read stops the start with its sentence")
    func badDatabase() async throws {
        try directory.write(String(repeating: "no database ", count: 400), to: "memory.sqlite")
        let error = await #expect(throws: HarnessError.self) {
            try await PluginHarness(MemoryPlugin.self, dataDirectory: directory.path)
        }
        #expect(error?.description.contains("cannot be read as SQLite") == true)
    }
}
