import MemoryServer
import RoostJSON
import RoostTesting
import Testing

@Suite("What the plugin lists")
struct ToolListTests {
    static let entity: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string"], "entityType": ["type": "string"],
            "observations": ["type": "array", "items": ["type": "string"]],
        ], "required": ["name", "entityType", "observations"], "additionalProperties": false,
    ]
    static let relation: JSONValue = [
        "type": "object",
        "properties": [
            "from": ["type": "string"], "to": ["type": "string"], "relationType": ["type": "string"],
        ], "required": ["from", "to", "relationType"], "additionalProperties": false,
    ]
    static let texts: JSONValue = ["type": "array", "items": ["type": "string"]]

    private static func object(_ properties: JSONObject) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(properties.keys.map(JSONValue.string)), "additionalProperties": false,
        ]
    }

    private static func array(of items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    /// Leaves only what decides whether a value is valid.
    private func withoutDescriptions(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.filter { $0.key != "description" || $0.value.string == nil }
                        .map { ($0.key, withoutDescriptions($0.value)) }
                )
            )
        case .array(let elements): .array(elements.map(withoutDescriptions))
        default: schema
        }
    }

    /// The tools for texts, behind the nine that upstream has.
    private static let memoryTools = [
        "store", "retrieve", "update", "delete", "list", "forget_before", "stats",
    ]

    @Test("the nine tools stand in upstream's order, with its titles and hints")
    func tools() async throws {
        let expected: [(name: String, title: String, readOnly: Bool, destructive: Bool, idempotent: Bool)] = [
            ("create_entities", "Create Entities", false, false, false),
            ("create_relations", "Create Relations", false, false, false),
            ("add_observations", "Add Observations", false, false, false),
            ("delete_entities", "Delete Entities", false, true, true),
            ("delete_observations", "Delete Observations", false, true, true),
            ("delete_relations", "Delete Relations", false, true, true),
            ("read_graph", "Read Graph", true, false, true),
            ("search_nodes", "Search Nodes", true, false, true),
            ("open_nodes", "Open Nodes", true, false, true),
        ]
        try await withPlugin(MemoryPlugin.self) { memory in
            let tools = try memory.manifest["tools"]?.array ?? []
            #expect(tools.map { $0["name"]?.string } == expected.map(\.name) + Self.memoryTools)
            for (tool, expected) in zip(tools, expected) {
                #expect(tool["title"]?.string == expected.title)
                #expect(
                    tool["annotations"] == [
                        "readOnlyHint": .bool(expected.readOnly),
                        "destructiveHint": .bool(expected.destructive),
                        "idempotentHint": .bool(expected.idempotent), "openWorldHint": false,
                    ]
                )
                #expect(tool["description"]?.string?.isEmpty == false)
            }
        }
    }

    @Test("input schemas ask for exactly upstream's arguments")
    func inputSchemas() async throws {
        let expected: [String: JSONValue] = [
            "create_entities": Self.object(["entities": Self.array(of: Self.entity)]),
            "create_relations": Self.object(["relations": Self.array(of: Self.relation)]),
            "add_observations": Self.object([
                "observations": Self.array(
                    of: Self.object(["entityName": ["type": "string"], "contents": Self.texts])
                )
            ]),
            "delete_entities": Self.object(["entityNames": Self.texts]),
            "delete_observations": Self.object([
                "deletions": Self.array(
                    of: Self.object(["entityName": ["type": "string"], "observations": Self.texts])
                )
            ]),
            "delete_relations": Self.object(["relations": Self.array(of: Self.relation)]),
            "read_graph": ["type": "object", "additionalProperties": false],
            "search_nodes": Self.object(["query": ["type": "string"]]),
            "open_nodes": Self.object(["names": Self.texts]),
        ]
        try await withPlugin(MemoryPlugin.self) { memory in
            for tool in try memory.manifest["tools"]?.array?.prefix(9) ?? [] {
                let name = try #require(tool["name"]?.string)
                let schema = try #require(tool["inputSchema"])
                #expect(withoutDescriptions(schema) == expected[name], "\(name)")
            }
        }
    }

    @Test("output schemas promise exactly upstream's structures")
    func outputSchemas() async throws {
        let graph = Self.object([
            "entities": Self.array(of: Self.entity), "relations": Self.array(of: Self.relation),
        ])
        let deletion = Self.object(["success": ["type": "boolean"], "message": ["type": "string"]])
        let expected: [String: JSONValue] = [
            "create_entities": Self.object(["entities": Self.array(of: Self.entity)]),
            "create_relations": Self.object(["relations": Self.array(of: Self.relation)]),
            "add_observations": Self.object([
                "results": Self.array(
                    of: Self.object(["entityName": ["type": "string"], "addedObservations": Self.texts])
                )
            ]),
            "delete_entities": deletion, "delete_observations": deletion, "delete_relations": deletion,
            "read_graph": graph, "search_nodes": graph, "open_nodes": graph,
        ]
        try await withPlugin(MemoryPlugin.self) { memory in
            for tool in try memory.manifest["tools"]?.array?.prefix(9) ?? [] {
                let name = try #require(tool["name"]?.string)
                #expect(tool["outputSchema"] == expected[name], "\(name)")
            }
        }
    }

    @Test("the graph is a resource under upstream's name and URI, and updates are promised")
    func resources() async throws {
        try await withPlugin(MemoryPlugin.self) { memory in
            let manifest = try memory.manifest
            #expect(manifest["resourceUpdates"] == true)
            let resources = manifest["resources"]?.array ?? []
            #expect(
                resources.map { $0["uri"] } == [
                    "memory://knowledge-graph", "memory://export.jsonl", "memory://memories.jsonl",
                ]
            )
            #expect(resources.first?["name"] == "knowledge-graph")
            #expect(resources.first?["mimeType"] == "application/json")
        }
    }
}
