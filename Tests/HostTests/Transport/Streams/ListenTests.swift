import RoostJSON
import Testing

@Suite("subscriptions/listen", .timeLimit(.minutes(10)))
struct ListenTests {
    private static let graph = "memory://knowledge-graph"

    @Test("a change of a watched resource reaches its subscriber", arguments: ["/mcp/memory", "/mcp"])
    func resourceUpdated(_ path: String) async throws {
        let client = try await ModernClient.shipped(path: path)
        let subscription = try await client.listen(
            ["resourceSubscriptions": [.string(Self.graph)]],
            id: "graph"
        )
        let honoured = await subscription.stream.reply.messages.first?["params"]?["notifications"]
        #expect(honoured?["resourceSubscriptions"] == [.string(Self.graph)])
        try await Self.remember("listen\(path)")
        let updated = try await subscription.next("notifications/resources/updated")
        #expect(updated["params"]?["uri"]?.string == Self.graph, "\(updated)")
        await subscription.close()
    }

    @Test("every listener gets its own copy") func copies() async throws {
        let client = try await ModernClient.shipped(path: "/mcp/memory")
        var subscriptions: [Subscription] = []
        for id: JSONValue in [1, "1", 2] {
            subscriptions.append(
                try await client.listen(["resourceSubscriptions": [.string(Self.graph)]], id: id)
            )
        }
        try await Self.remember("copies")
        for subscription in subscriptions {
            _ = try await subscription.next("notifications/resources/updated")
            await subscription.close()
        }
    }

    @Test("every list there is may change, for the host can reload its plugin, and both eras are told so")
    func reloadable() async throws {
        let client = try await ModernClient.shipped(path: "/mcp/echo")
        let discovered = try await client.send("server/discover")
        let lists: JSONObject = ["tools": ["listChanged": true]]
        var capabilities = lists
        capabilities["extensions"] = ["io.modelcontextprotocol/tasks": [:]]
        #expect(discovered.result?["capabilities"] == .object(capabilities), discovered.exchange)
        let subscription = try await client.listen(["toolsListChanged": true, "promptsListChanged": true])
        let reply = await subscription.stream.reply
        #expect(
            reply.messages.first?["params"]?["notifications"] == ["toolsListChanged": true],
            "echo has no prompts. \(reply)"
        )
        #expect(reply.result == nil, reply.exchange)
        await subscription.close()
        let legacy = try await LegacyClient.shipped(.november2025, path: "/mcp/echo")
        #expect(
            legacy.initialized.result?["capabilities"] == .object(lists),
            legacy.initialized.exchange
        )
    }

    @Test(
        "what the address does not have is not honoured, and a stream for nothing else ends with its result"
    )
    func nothing() async throws {
        let client = try await ModernClient.shipped(path: "/mcp/echo")
        let reply = try await client.send(
            "subscriptions/listen",
            [
                "notifications": [
                    "promptsListChanged": true, "resourcesListChanged": true,
                    "resourceSubscriptions": [.string(Self.graph)],
                ]
            ]
        )
        #expect(reply.messages.first?["params"]?["notifications"] == [:], reply.exchange)
        #expect(reply.result?["resultType"] == "complete", reply.exchange)
    }

    /// Changes the memory plugin's graph.
    static func remember(_ name: String) async throws {
        let client = try await ModernClient.shipped(path: "/mcp/memory")
        let entity: JSONValue = ["name": .string(name), "entityType": "test", "observations": ["seen"]]
        let reply = try await client.call("create_entities", ["entities": [entity]])
        #expect(reply.result?["isError"] != true && reply.result != nil, reply.exchange)
    }
}
