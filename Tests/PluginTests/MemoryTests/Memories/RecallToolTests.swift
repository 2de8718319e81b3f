import RoostJSON
import RoostTesting
import Testing

@testable import MemoryServer

@Suite("Storing and retrieving")
struct RecallToolTests {
    private static let texts: [(String, String)] = [
        ("cat", "The kitten slept on the warm windowsill all afternoon."),
        ("tax", "Quarterly tax returns are due on the fifteenth."),
        ("heat", "Boundary layer heat transfer at hypersonic speed."),
        ("note/with slash", "Remember to water the plants in the office."),
    ]

    private func filled(_ memory: PluginHarness) async throws {
        for (key, text) in Self.texts {
            let answer = try await memory.callTool(
                "store",
                [
                    "key": .string(key), "content": .string(text),
                    "metadata": ["length": .integer(Int64(text.utf8.count))],
                ]
            )
            #expect(answer.structured?["status"] == "stored" && answer.structured?["replaced"] == false)
        }
    }

    private func keys(_ memory: PluginHarness, _ arguments: JSONObject) async throws -> [String] {
        let answer = try await memory.callTool("retrieve", arguments)
        #expect(!answer.isError, "\(answer.text)")
        return answer.structured?["memories"]?.array?.compactMap { $0["key"]?.string } ?? []
    }

    @Test("finds by meaning what shares no word", .enabled(if: Model.isPresent, Model.missing))
    func meaning() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(true)) { memory in
            try await filled(memory)
            #expect(try await keys(memory, ["query": "a pet animal dozing in the sun", "k": 1]) == ["cat"])
            #expect(
                try await keys(memory, ["query": "money owed to the government", "k": 1, "mode": "vector"])
                    == ["tax"]
            )
            let best = try await memory.callTool("retrieve", ["query": "heat transfer"]).structured?[
                "memories"
            ]?[0]
            #expect(best?["key"] == "heat")
            #expect(best?["vector_rank"] == 1 && best?["lexical_rank"] == 1)
            #expect((best?["similarity"]?.double ?? 0) > 0.5)
            #expect(best?["source"]?.string?.hasPrefix("test-client") == true)
        }
    }

    @Test("without a model finds by words, and says so")
    func words() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false)) { memory in
            try await filled(memory)
            let answer = try await memory.callTool("retrieve", ["query": "when do I water plants?"])
            #expect(answer.structured?["mode"] == "lexical")
            #expect(answer.structured?["memories"]?[0]?["key"] == "note/with slash")
            #expect(try await keys(memory, ["query": "helicopter"]) == [])
        }
    }

    @Test("an update and a deletion count at once", .enabled(if: Model.isPresent, Model.missing))
    func changes() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(true)) { memory in
            try await filled(memory)
            _ = try await memory.callTool(
                "store",
                ["key": "cat", "content": "A treatise on medieval church law."]
            )
            #expect(try await keys(memory, ["query": "canon law of the middle ages", "k": 1]) == ["cat"])
            #expect(try await keys(memory, ["query": "kitten", "mode": "lexical"]) == [])
            let updated = try await memory.callTool(
                "update",
                ["key": "cat", "metadata": ["length": nil, "shelf": 3]]
            )
            #expect(updated.structured?["memory"]?["metadata"] == ["shelf": 3])
            #expect(updated.structured?["memory"]?["content"] == "A treatise on medieval church law.")
            let deleted = try await memory.callTool("delete", ["key": "cat"])
            #expect(deleted.structured == ["status": "deleted", "key": "cat", "existed": true])
            #expect(try await memory.callTool("delete", ["key": "cat"]).structured?["existed"] == false)
            for mode in ["hybrid", "vector", "lexical"] {
                #expect(
                    try await !keys(memory, ["query": "medieval law", "mode": .string(mode)]).contains("cat")
                )
            }
        }
    }

    @Test("filters reach below the first hits", arguments: [false, true])
    func filters(isWithModel: Bool) async throws {
        guard Model.isPresent || !isWithModel else { return }
        try await withPlugin(MemoryPlugin.self, config: Model.config(isWithModel)) { memory in
            for number in 0..<300 {
                _ = try await memory.callTool(
                    "store",
                    [
                        "key": .string("n\(number)"), "content": .string("the same words, number \(number)"),
                        "metadata": ["n": .integer(Int64(number))],
                    ]
                )
            }
            let found = try await keys(
                memory,
                ["query": "same words", "k": 10, "filter": ["n": ["$gte": 297]]]
            )
            #expect(Set(found) == ["n297", "n298", "n299"])
        }
    }

    @Test("principals see their own; what is shared is seen by all when the operator says so")
    func namespaces() async throws {
        let directory = try TemporaryDirectory()
        let config = Model.config(false, adding: ["shared": true])
        func caller(_ principal: String?, _ body: (PluginHarness) async throws -> Void) async throws {
            try await withPlugin(
                MemoryPlugin.self,
                config: config,
                client: TestClient(principal: principal),
                dataDirectory: directory.path,
                body
            )
        }
        try await caller("ada") { memory in
            _ = try await memory.callTool("store", ["key": "k", "content": "engine of ada"])
            _ = try await memory.callTool(
                "store",
                ["key": "s", "content": "engine of all", "scope": "shared"]
            )
            _ = try await memory.callTool(
                "create_entities",
                ["entities": [["name": "Ada", "entityType": "person", "observations": []]]]
            )
        }
        try await caller("bob") { memory in
            #expect(try await keys(memory, ["query": "engine"]) == ["s"])
            #expect(try await keys(memory, ["query": "engine", "scope": "own"]) == [])
            #expect(try await memory.callTool("list").structured?["memories"] == [])
            #expect(try await memory.callTool("read_graph").structured?["entities"] == [])
            #expect(try await memory.callTool("delete", ["key": "k"]).structured?["existed"] == false)
            _ = try await memory.callTool("store", ["key": "k", "content": "engine of bob"])
        }
        try await caller("ada") { memory in
            #expect(Set(try await keys(memory, ["query": "engine"])) == ["k", "s"])
            let found = try await memory.callTool("retrieve", ["query": "engine", "scope": "own"])
            #expect(found.structured?["memories"]?[0]?["content"] == "engine of ada")
        }
        try await caller(nil) { memory in
            let found = try await keys(memory, ["query": "engine"])
            #expect(found == ["s"])
        }
    }

    @Test("without `shared` nothing is shared, in a sentence")
    func notShared() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false)) { memory in
            let answer = try await memory.callTool("store", ["key": "k", "content": "c", "scope": "shared"])
            #expect(answer.isError && answer.text.contains("shared"))
        }
    }

    @Test("lists in pages, with prefix and filter, each memory once")
    func list() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false)) { memory in
            for number in 0..<25 {
                _ = try await memory.callTool(
                    "store",
                    [
                        "key": .string("\(number % 2 == 0 ? "even" : "odd")-\(number)"), "content": "c",
                        "metadata": ["n": .integer(Int64(number))],
                    ]
                )
            }
            var seen: [String] = []
            var arguments: JSONObject = ["limit": 4, "prefix": "even"]
            while true {
                let page = try await memory.callTool("list", arguments)
                seen += page.structured?["memories"]?.array?.compactMap { $0["key"]?.string } ?? []
                guard let cursor = page.structured?["next_cursor"] else { break }
                arguments["cursor"] = cursor
            }
            #expect(seen == stride(from: 0, to: 25, by: 2).map { "even-\($0)" })
            let filtered = try await memory.callTool("list", ["filter": ["n": ["$lt": 3]]])
            #expect(filtered.structured?["memories"]?.array?.count == 3)
            #expect(try await memory.callTool("list", ["cursor": "nonsense"]).isError)
        }
    }

    @Test("forget_before counts first and deletes then")
    func forget() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false)) { memory in
            for number in 0..<3 {
                _ = try await memory.callTool(
                    "store",
                    [
                        "key": .string("k\(number)"), "content": "c",
                        "metadata": ["n": .integer(Int64(number))],
                    ]
                )
            }
            #expect(
                try await memory.callTool("forget_before", ["time": "2001-01-01"]).structured?["count"] == 0
            )
            let dry = try await memory.callTool(
                "forget_before",
                ["time": "2999-01-01T00:00:00Z", "dry_run": true]
            )
            #expect(dry.structured?["count"] == 3)
            let some = try await memory.callTool(
                "forget_before",
                ["time": "2999-01-01", "filter": ["n": ["$gt": 0]]]
            )
            #expect(some.structured?["count"] == 2)
            #expect(try await memory.callTool("stats").structured?["memories"] == 1)
            #expect(try await memory.callTool("forget_before", ["time": "yesterday"]).isError)
        }
    }

    @Test("each memory is a resource whose watchers hear of changes; the prompt recalls")
    func resources() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false)) { memory in
            try await filled(memory)
            let uri = "memory://memories/note%2Fwith%20slash"
            #expect(memory.updatedResources.contains(uri))
            let contents = try await memory.readResource(uri)
            #expect(contents.first?["text"]?.string?.contains("water the plants") == true)
            let lines = try await memory.readResource("memory://memories.jsonl").first?["text"]?.string ?? ""
            #expect(lines.split(separator: "\n").count == Self.texts.count)
            let prompt = try await memory.getPrompt("recall", ["topic": "plants"])
            #expect("\(prompt)".contains("water the plants"))
        }
    }
}
