import RoostJSON
import Testing

@Suite("All plugins on one endpoint", .timeLimit(.minutes(10)))
struct Aggregation {
    let client: ModernClient

    init() async throws { client = try await .shipped(path: "/mcp") }

    @Test("every tool is there under its plugin's alias, plugin by plugin") func names() async throws {
        let reply = try await client.send("tools/list")
        let names = reply.result?["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
        for name in ["echo_add", "everything_test_simple_text", "memory_read_graph"] {
            #expect(names.contains(name), reply.exchange)
        }
        #expect(names.allSatisfy { $0.utf8.count <= 64 }, reply.exchange)
        let aliases = names.compactMap { $0.split(separator: "_").first }
        let runs: [Substring] = aliases.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        #expect(runs == ["echo", "everything", "memory"], reply.exchange)
    }

    @Test("a prefixed tool is called, and a plain one is unknown") func call() async throws {
        let reply = try await client.call("echo_add", ["a": 20, "b": 22])
        #expect(reply.result?["structuredContent"]?["sum"] == 42, reply.exchange)
        let plain = try await client.call("add", ["a": 20, "b": 22])
        #expect(plain.code == -32602, plain.exchange)
    }

    @Test("prompts are prefixed, resources keep their uris") func promptsAndResources() async throws {
        let prompt = try await client.send("prompts/get", ["name": "everything_test_simple_prompt"])
        try PromptShapes.simple(prompt)
        try ResourceShapes.text(try await client.send("resources/read", ["uri": "test://static-text"]))
        let graph = try await client.send("resources/read", ["uri": "memory://knowledge-graph"])
        #expect(graph.result?["contents"]?[0]?["uri"] == "memory://knowledge-graph", graph.exchange)
    }

    @Test("the capabilities are those of all plugins") func capabilities() async throws {
        let reply = try await client.send("server/discover")
        for capability in ["tools", "prompts", "resources", "completions"] {
            #expect(reply.result?["capabilities"]?[capability] != nil, reply.exchange)
        }
    }

    @Test("a question under a prefixed name is asked and answered") func inputRequired() async throws {
        let tool = "everything_test_input_required_result_elicitation"
        let first = try await client.call(tool)
        _ = try InputRequiredShapes.question("user_name", "elicitation/create", in: first)
        let answers: JSONObject = ["user_name": InputRequiredShapes.accepted(["name": "Alice"])]
        let second = try await client.call(tool, answers: answers, state: first.result?["requestState"])
        #expect(try InputRequiredShapes.completeText(second).contains("Alice"), second.exchange)
    }
}
