import MCP
import MemoryServer
import RoostJSON
import RoostTesting
import Testing

@Suite("The nine tools, called")
struct ToolCallTests {
    static let ada: JSONValue = ["name": "Ada", "entityType": "person", "observations": ["wrote notes"]]
    static let engine: JSONValue = ["name": "Engine", "entityType": "machine", "observations": []]
    static let describes: JSONValue = ["from": "Ada", "to": "Engine", "relationType": "describes"]

    /// Calls a tool, and holds arguments and structure against the schemas it is listed with.
    private func call(
        _ memory: PluginHarness,
        _ tool: String,
        _ arguments: JSONObject = [:]
    ) async throws -> ToolCallResult {
        let result = try await memory.callTool(tool, arguments)
        #expect(!result.isError, "\(result.text)")
        let listed = try memory.manifest["tools"]?.array?.first { $0["name"]?.string == tool }
        #expect(try faults(of: .object(arguments), by: listed?["inputSchema"]).isEmpty)
        #expect(try faults(of: try #require(result.structured), by: listed?["outputSchema"]).isEmpty)
        return result
    }

    private func faults(of value: JSONValue, by schema: JSONValue?) throws -> [SchemaViolation] {
        let schema = try JSONDocument(parsing: try #require(schema).bytes)
        return try JSONSchema(compiling: schema.root).validate(try JSONDocument(parsing: value.bytes).root)
    }

    private func filled(_ memory: PluginHarness) async throws {
        _ = try await call(memory, "create_entities", ["entities": [Self.ada, Self.engine]])
        _ = try await call(memory, "create_relations", ["relations": [Self.describes]])
    }

    @Test("create_entities answers with the entities really added, as indented array and as structure")
    func createEntities() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            let first = try await call(memory, "create_entities", ["entities": [Self.ada]])
            #expect(first.structured?.text == #"{"entities":[\#(Self.ada.text)]}"#)
            #expect(
                first.text == """
                    [
                      {
                        "name": "Ada",
                        "entityType": "person",
                        "observations": [
                          "wrote notes"
                        ]
                      }
                    ]
                    """
            )
            let second = try await call(memory, "create_entities", ["entities": [Self.ada, Self.engine]])
            #expect(second.structured == ["entities": [Self.engine]])
            #expect(second.content.count == 1)
            let third = try await call(memory, "create_entities", ["entities": [Self.ada]])
            #expect(third.text == "[]")
        }
    }

    @Test("what stands twice in one call is said in a second block, and the first keeps upstream's shape")
    func repetitions() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            let result = try await call(memory, "create_entities", ["entities": [Self.ada, Self.ada]])
            #expect(result.structured == ["entities": [Self.ada]])
            #expect(
                try result.content.first?["text"]?.string.map { try JSONValue(parsing: $0) } == [Self.ada]
            )
            #expect(
                result.content.last?["text"] == """
                    Stood more than once in this call and was stored once, as it stood first: entity "Ada".
                    """
            )
            let many = (0..<25).map { _ in Self.describes }
            let relations = try await call(memory, "create_relations", ["relations": .array(many)])
            #expect(relations.content.last?["text"]?.string?.hasSuffix("; and 4 more.") == true)
        }
    }

    @Test("create_relations answers with the relations really added")
    func createRelations() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            let result = try await call(memory, "create_relations", ["relations": [Self.describes]])
            #expect(result.structured?.text == #"{"relations":[\#(Self.describes.text)]}"#)
            #expect(try JSONValue(parsing: result.text) == [Self.describes])
            let again = try await call(memory, "create_relations", ["relations": [Self.describes]])
            #expect(again.structured == ["relations": []])
        }
    }

    @Test("add_observations answers with what was really added to each entity")
    func addObservations() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            try await filled(memory)
            let result = try await call(
                memory,
                "add_observations",
                ["observations": [["entityName": "Ada", "contents": ["wrote notes", "likes tea"]]]]
            )
            let expected: JSONValue = [["entityName": "Ada", "addedObservations": ["likes tea"]]]
            #expect(result.structured == ["results": expected])
            #expect(try JSONValue(parsing: result.text) == expected)
        }
    }

    @Test("add_observations with an unknown entity is upstream's error, and saves and tells nothing")
    func unknownEntity() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            try await filled(memory)
            let updates = memory.updatedResources.count
            let result = try await memory.callTool(
                "add_observations",
                [
                    "observations": [
                        ["entityName": "Ada", "contents": ["likes tea"]],
                        ["entityName": "Grace", "contents": ["x"]],
                    ]
                ]
            )
            #expect(result.isError)
            #expect(result.text == "Entity with name Grace not found")
            #expect(try await call(memory, "search_nodes", ["query": "tea"]).structured?["entities"] == [])
            #expect(memory.updatedResources.count == updates)
        }
    }

    @Test(
        "deletions answer with upstream's sentence, also when there was nothing to delete",
        arguments: [
            ("delete_entities", ["entityNames": ["Ada", "Grace"]], "Entities deleted successfully"),
            (
                "delete_observations", ["deletions": [["entityName": "Grace", "observations": ["x"]]]],
                "Observations deleted successfully"
            ), ("delete_relations", ["relations": [describes]], "Relations deleted successfully"),
        ] as [(String, JSONObject, String)]
    )
    func deletions(_ tool: String, _ arguments: JSONObject, _ message: String) async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            try await filled(memory)
            for _ in 1...2 {
                let result = try await call(memory, tool, arguments)
                #expect(result.text == message)
                #expect(result.structured == ["success": true, "message": .string(message)])
            }
        }
    }

    @Test("read_graph, search_nodes and open_nodes answer with a graph, as indented text and as structure")
    func reading() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            let empty = try await call(memory, "read_graph")
            #expect(empty.text == "{\n  \"entities\": [],\n  \"relations\": []\n}")
            try await filled(memory)
            let whole = try await call(memory, "read_graph")
            let expected =
                #"{"entities":[\#(Self.ada.text),\#(Self.engine.text)],"relations":[\#(Self.describes.text)]}"#
            #expect(whole.structured?.text == expected)
            #expect(try JSONValue(parsing: whole.text).text == expected)
            let part: JSONValue = ["entities": [Self.engine], "relations": [Self.describes]]
            #expect(try await call(memory, "search_nodes", ["query": "MACHINE"]).structured == part)
            #expect(try await call(memory, "open_nodes", ["names": ["Engine", "none"]]).structured == part)
        }
    }

    @Test("calls at the same time all happen")
    func concurrent() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let entity: JSONValue = [
                            "name": .string("E\(number)"), "entityType": "t", "observations": [],
                        ]
                        _ = try await memory.callTool("create_entities", ["entities": [entity, Self.ada]])
                        _ = try await memory.callTool("search_nodes", ["query": "e"])
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await call(memory, "read_graph").structured?["entities"]?.array?.count == 51)
        }
    }
}
