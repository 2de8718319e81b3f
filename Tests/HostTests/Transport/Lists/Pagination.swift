import RoostJSON
import Testing

@Suite("Pagination", .timeLimit(.minutes(10)))
struct Pagination {
    @Test("following the cursors gives every item once", arguments: ["tools", "prompts", "resources"])
    func walk(_ kind: String) async throws {
        let client = try await ModernClient.shipped(path: "/mcp/memory")
        let modern = try await names(of: kind) { try await client.send("\(kind)/list", $0) }
        #expect(Set(modern).count == modern.count)
        let legacy = try await LegacyClient.shipped(.november2025, path: "/mcp/memory")
        let old = try await names(of: kind) { try await legacy.send("\(kind)/list", $0) }
        #expect(modern == old)
    }

    @Test("a list longer than a page comes in several, each with the same cache scope")
    func pages() async throws {
        var file = HostFile(plugins: [("everything", "libEverything.so")])
        file.further = "page_size: 7"
        let host = try await RunningHost.start(file)
        let client = ModernClient(port: host.port)
        var replies: [Reply] = []
        let names = try await names(of: "tools") { params in
            replies.append(try await client.send("tools/list", params))
            return replies[replies.count - 1]
        }
        #expect(replies.count >= 3 && Set(names).count == names.count && names.contains("test_simple_text"))
        #expect(replies.dropLast().allSatisfy { $0.result?["tools"]?.array?.count == 7 })
        #expect(Set(replies.map { $0.result?["cacheScope"] }).count == 1)
        for cursor in [replies[0].result?["nextCursor"]?.string.map { "\($0)x" } ?? "", "x", "AAAA"] {
            let reply = try await client.send("tools/list", ["cursor": .string(cursor)])
            #expect(reply.code == -32602, reply.exchange)
        }
        host.stop()
    }

    private func names(of kind: String, _ list: (JSONObject) async throws -> Reply) async throws -> [String] {
        var names: [String] = []
        var params: JSONObject = [:]
        for _ in 0..<50 {
            let reply = try await list(params)
            if reply.code == -32601 { return [] }
            let items = try #require(reply.result?[kind]?.array, reply.exchange)
            names += items.compactMap { ($0["uri"] ?? $0["name"])?.string }
            guard let cursor = reply.result?["nextCursor"] else { return names }
            params["cursor"] = cursor
        }
        Issue.record("fifty pages and no end")
        return names
    }
}
