import RoostJSON
import Testing

@Suite("stdio, legacy revisions", .timeLimit(.minutes(10)))
struct LegacyStdio {
    static let revisions: [Revision] = [.november2024, .march2025, .june2025, .november2025]

    @Test("initialize, then lists and calls as the revision has them", arguments: revisions)
    func conversation(_ revision: Revision) async throws {
        let requests = [
            LegacyClient.initialize(revision.rawValue), LegacyClient.message("ping", nil, id: 1),
            LegacyClient.message("tools/list", nil, id: 2),
            LegacyClient.message("resources/list", nil, id: 3),
            LegacyClient.message("prompts/list", nil, id: 4),
            LegacyClient.message("tools/call", ["name": "test_simple_text"], id: 5),
            LegacyClient.message("unknown/method", nil, id: 6),
        ]
        let finished = try await StdioHost.run { host in
            var answers = [try await host.ask(requests[0])]
            try await host.send(LegacyClient.message("notifications/initialized", nil, id: nil))
            for request in requests.dropFirst() { answers.append(try await host.ask(request)) }
            return answers
        }
        let shown: Comment = "\(finished)"
        #expect(finished.endedWell, shown)
        #expect(finished.outcome[0]["result"]?["protocolVersion"]?.string == revision.rawValue, shown)
        #expect(finished.outcome[1]["result"] == [:], shown)
        #expect(finished.outcome[6]["error"]?["code"] == -32601, shown)
        WireSchema.expectValid(
            finished.outcome,
            at: revision,
            answering: requests,
            shown: shown,
            #_sourceLocation
        )
    }

    @Test("content a revision does not know is told in what it knows", arguments: revisions)
    func contents(_ revision: Revision) async throws {
        let tools = [
            "test_image_content", "test_audio_content", "test_embedded_resource", "test_resource_link",
            "test_structured_content", "test_multiple_content_types",
        ]
        let requests = tools.enumerated().map { place, tool in
            LegacyClient.message("tools/call", ["name": .string(tool)], id: .integer(Int64(place + 1)))
        }
        let finished = try await StdioHost.run { host in
            _ = try await host.ask(LegacyClient.initialize(revision.rawValue))
            try await host.send(LegacyClient.message("notifications/initialized", nil, id: nil))
            var answers: [JSONValue] = []
            for request in requests { answers.append(try await host.ask(request)) }
            return answers
        }
        let shown: Comment = "\(finished)"
        #expect(finished.outcome.allSatisfy { $0["result"]?["content"]?.array?.isEmpty == false }, shown)
        WireSchema.expectValid(
            finished.outcome,
            at: revision,
            answering: requests,
            shown: shown,
            #_sourceLocation
        )
    }

    @Test("the host asks the client and goes on with its answer", arguments: revisions)
    func sampling(_ revision: Revision) async throws {
        let asked = try await question(
            revision,
            tool: "test_sampling",
            ["prompt": "Which city?"],
            answer: [
                "role": "assistant", "content": ["type": "text", "text": "Paris"], "model": "test-model",
            ]
        )
        #expect(asked.question["method"] == "sampling/createMessage", "\(asked)")
        #expect(asked.answer["result"]?["content"]?[0]?["text"] == "LLM response: Paris", "\(asked)")
    }

    @Test("an elicitation travels both ways", arguments: [Revision.june2025, .november2025])
    func elicitation(_ revision: Revision) async throws {
        let asked = try await question(
            revision,
            tool: "test_elicitation",
            ["message": "Who?"],
            answer: ["action": "accept", "content": ["username": "alice", "email": "alice@example.com"]]
        )
        #expect(asked.question["method"] == "elicitation/create", "\(asked)")
        #expect(asked.question["params"]?["message"] == "Who?", "\(asked)")
        #expect(asked.answer["result"]?["isError"] != true && asked.answer["result"] != nil, "\(asked)")
    }

    @Test("both eras speak on one pipe") func bothEras() async throws {
        let modern = ModernClient(port: 0).request("tools/list").message
        let finished = try await StdioHost.run { host in
            let first = try await host.ask(modern)
            _ = try await host.ask(LegacyClient.initialize("2025-11-25"))
            try await host.send(LegacyClient.message("notifications/initialized", nil, id: nil))
            let legacy = try await host.ask(LegacyClient.message("tools/list", nil, id: 2))
            return [first, legacy, try await host.ask(modern)]
        }
        let types = finished.outcome.map { $0["result"]?["resultType"] }
        #expect(types == ["complete", nil, "complete"], "\(finished)")
    }

    /// Calls a tool that asks one question, and answers it.
    private func question(
        _ revision: Revision,
        tool: String,
        _ arguments: JSONObject,
        answer: JSONValue,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> (question: JSONValue, answer: JSONValue) {
        let call = LegacyClient.message(
            "tools/call",
            ["name": .string(tool), "arguments": .object(arguments)],
            id: "call"
        )
        let finished = try await StdioHost.run { host in
            _ = try await host.ask(LegacyClient.initialize(revision.rawValue))
            try await host.send(LegacyClient.message("notifications/initialized", nil, id: nil))
            try await host.send(call)
            let question = try await host.next()
            let id = try #require(question["id"], "\(question)")
            try await host.send(["jsonrpc": "2.0", "id": id, "result": answer])
            return [question, try await host.next()]
        }
        let shown: Comment = "\(finished)"
        #expect(finished.endedWell, shown, sourceLocation: location)
        WireSchema.expectValid(finished.outcome, at: revision, answering: [call], shown: shown, location)
        return (finished.outcome[0], finished.outcome[1])
    }
}
