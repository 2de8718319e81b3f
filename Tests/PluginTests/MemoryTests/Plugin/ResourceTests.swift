import MemoryServer
import RoostJSON
import RoostTesting
import Testing

@Suite("The graph as a resource")
struct ResourceTests {
    static let changes: [(tool: String, arguments: JSONObject)] = [
        ("create_entities", ["entities": [["name": "A", "entityType": "t", "observations": ["x"]]]]),
        ("create_relations", ["relations": [["from": "A", "to": "B", "relationType": "r"]]]),
        ("add_observations", ["observations": [["entityName": "A", "contents": ["y"]]]]),
        ("delete_observations", ["deletions": [["entityName": "A", "observations": ["y"]]]]),
        ("delete_relations", ["relations": [["from": "A", "to": "B", "relationType": "r"]]]),
        ("delete_entities", ["entityNames": ["A"]]),
    ]

    @Test("its contents are the whole graph as indented JSON")
    func contents() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            _ = try await memory.callTool(Self.changes[0].tool, Self.changes[0].arguments)
            let contents = try await memory.readResource("memory://knowledge-graph")
            #expect(contents.count == 1)
            #expect(contents.first?["uri"] == "memory://knowledge-graph")
            #expect(contents.first?["mimeType"] == "application/json")
            let graph = try await memory.callTool("read_graph")
            #expect(contents.first?["text"]?.string == graph.text)
        }
    }

    @Test("the export is the graph in upstream's lines")
    func export() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            for change in Self.changes.prefix(2) {
                _ = try await memory.callTool(change.tool, change.arguments)
            }
            let text = try await memory.readResource("memory://export.jsonl").first?["text"]?.string
            #expect(
                text == """
                    {"type":"entity","name":"A","entityType":"t","observations":["x"]}
                    {"type":"relation","from":"A","to":"B","relationType":"r"}
                    """
            )
        }
    }

    @Test("every call that changes the graph tells of both resources, and no other does")
    func updates() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            for (number, change) in Self.changes.enumerated() {
                let result = try await memory.callTool(change.tool, change.arguments)
                #expect(!result.isError)
                #expect(memory.updatedResources.count == 2 * (number + 1))
                #expect(
                    Set(memory.updatedResources.suffix(2)) == [
                        "memory://knowledge-graph", "memory://export.jsonl",
                    ]
                )
            }
            _ = try await memory.callTool("read_graph")
            _ = try await memory.callTool("search_nodes", ["query": ""])
            _ = try await memory.callTool("open_nodes", ["names": ["A"]])
            #expect(memory.updatedResources.count == 2 * Self.changes.count)
        }
    }
}
