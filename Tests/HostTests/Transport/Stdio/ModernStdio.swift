import RoostJSON
import Testing

@Suite("stdio, 2026-07-28", .timeLimit(.minutes(10)))
struct ModernStdio {
    /// Only builds messages; nothing listens on its port.
    private let client = ModernClient(port: 0)

    private func message(_ method: String, _ params: JSONObject = [:], id: JSONValue? = 1) -> JSONValue {
        var request = client.request(method, params)
        request.id = id
        return request.message
    }

    @Test("server/discover comes first, calls follow, and the end of input ends the host well")
    func conversation() async throws {
        let requests = [
            message("server/discover"), message("tools/list", id: "list"),
            message("tools/call", ["name": "test_simple_text"], id: 3),
        ]
        let finished = try await StdioHost.run { host in
            var answers: [JSONValue] = []
            for request in requests { answers.append(try await host.ask(request)) }
            return answers
        }
        let shown: Comment = "\(finished)"
        #expect(finished.endedWell, shown)
        #expect(finished.outcome.map { $0["id"] } == [1, "list", 3], shown)
        #expect(finished.outcome.allSatisfy { $0["result"]?["resultType"] == "complete" }, shown)
        WireSchema.expectValid(
            finished.outcome,
            at: .july2026,
            answering: requests,
            shown: shown,
            #_sourceLocation
        )
    }

    @Test("all plugins are served when none is named") func allPlugins() async throws {
        let finished = try await StdioHost.run(plugin: nil) { host in
            try await host.ask(message("tools/call", ["name": "echo_add", "arguments": ["a": 1, "b": 2]]))
        }
        #expect(finished.outcome["result"]?["structuredContent"]?["sum"] == 3, "\(finished)")
    }

    @Test("what cannot be served is answered, never met with silence or an end") func malformed() async throws
    {
        let lines: [(line: String, code: JSONValue)] = [
            ("{", -32700), ("[]", -32600), (#"{"jsonrpc":"2.0","id":4,"method":"server/discover"}"#, -32602),
            (message("unknown/method", id: 5).text, -32601), (message("ping", id: 6).text, -32601),
        ]
        let finished = try await StdioHost.run { host in
            var codes: [JSONValue?] = []
            for (line, _) in lines {
                try await host.send(line: line)
                codes.append(try await host.next()["error"]?["code"])
            }
            _ = try await host.ask(message("tools/list", id: 7))
            return codes
        }
        #expect(finished.outcome == lines.map(\.code), "\(finished)")
        #expect(finished.endedWell, "\(finished)")
    }

    @Test("a cancelled call gets no answer, and the next one does") func cancelled() async throws {
        let nap = message(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 60]],
            id: "nap"
        )
        let finished = try await StdioHost.run(plugin: "echo") { host in
            try await host.send(nap)
            try await host.send(message("notifications/cancelled", ["requestId": "nap"], id: nil))
            return try await host.ask(
                message("tools/call", ["name": "add", "arguments": ["a": 1, "b": 2]], id: 2)
            )
        }
        #expect(finished.outcome["id"] == 2, "\(finished)")
        #expect(finished.endedWell, "\(finished)")
    }

    @Test("what a plugin prints never reaches standard output", arguments: ["own", "host"])
    func strayOutput(_ process: String) async throws {
        var file = HostFile(plugins: [("vices", "libFixtureVices.so")])
        file.settings["vices"] = "    process: \(process)"
        let finished = try await StdioHost.run(file, plugin: "vices") { host in
            let first = try await host.ask(message("tools/call", ["name": "print"]))
            return [first, try await host.ask(message("tools/call", ["name": "print"], id: 2))]
        }
        let texts = finished.outcome.map { $0["result"]?["content"]?[0]?["text"] }
        #expect(texts == ["printed", "printed"], "\(finished)")
        #expect(finished.endedWell, "\(finished)")
    }

    @Test("a subscription is acknowledged, tagged, and ended by cancelling it") func listen() async throws {
        let listen = message("subscriptions/listen", ["notifications": ["toolsListChanged": true]], id: 0)
        let finished = try await StdioHost.run { host in
            try await host.send(listen)
            var seen = [try await host.next()]
            try await host.send(message("tools/call", ["name": "test_trigger_tool_change"], id: 1))
            while seen.count < 3 { seen.append(try await host.next()) }
            try await host.send(message("notifications/cancelled", ["requestId": 0], id: nil))
            return seen
        }
        let shown: Comment = "\(finished)"
        let seen = finished.outcome
        #expect(seen.first?["method"] == "notifications/subscriptions/acknowledged", shown)
        let changed = seen.first { $0["method"] == "notifications/tools/list_changed" }
        #expect(changed?["params"]?["_meta"]?[ModernClient.subscriptionID] == 0, shown)
        #expect(seen.contains { $0["id"] == 1 && $0["result"] != nil }, shown)
    }

    @Test("where no list can change, for nothing reloads its plugin, none is announced nor listened to")
    func unchanging() async throws {
        let listen = message("subscriptions/listen", ["notifications": ["toolsListChanged": true]], id: 2)
        let finished = try await StdioHost.run(plugin: "echo") { host in
            let modern = [try await host.ask(message("server/discover")), try await host.ask(listen)]
            return modern + [try await host.ask(LegacyClient.initialize("2025-11-25"))]
        }
        let shown: Comment = "\(finished)"
        let seen = finished.outcome
        #expect(seen[0]["result"]?["capabilities"] == ["tools": [:]], shown)
        #expect(seen[1]["error"]?["code"] == -32601, shown)
        #expect(seen[2]["result"]?["capabilities"] == ["tools": [:]], shown)
    }
}
