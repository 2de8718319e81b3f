import RoostJSON
import Testing

/// What may travel beside a result on its stream.
enum StreamChecks {
    static let all: [Check<ModernClient>] = [
        Check("sep-2575-http-server-no-independent-requests-on-stream") { client in
            try await expectListed("test_streaming_elicitation", client)
            var client = client
            client.capabilities = ["elicitation": [:]]
            let reply = try await client.call("test_streaming_elicitation")
            #expect(reply.status == 200 && reply.error == nil && reply.result != nil, reply.exchange)
            let methods = reply.messages.compactMap { $0["method"]?.string }
            #expect(methods.allSatisfy { $0.hasPrefix("notifications/") }, reply.exchange)
        },
        Check("sep-2575-server-no-log-without-loglevel") { client in
            try await expectListed("test_logging_tool", client)
            let reply = try await client.call("test_logging_tool")
            #expect(reply.status == 200 && reply.error == nil && reply.result != nil, reply.exchange)
            #expect(!reply.notifications.contains { $0["method"] == "notifications/message" }, reply.exchange)
        },
        Check("a log level in the envelope brings messages at and above it") { client in
            let reply = try await client.call("test_logging_tool", meta: [ModernClient.logLevel: "debug"])
            let messages = reply.notifications.filter { $0["method"] == "notifications/message" }
            #expect(!messages.isEmpty && reply.isEventStream, reply.exchange)
            let silent = try await client.call(
                "test_logging_tool",
                meta: [ModernClient.logLevel: "emergency"]
            )
            #expect(silent.notifications.isEmpty && silent.result != nil, silent.exchange)
        },
        Check("an unknown log level is an invalid parameter") { client in
            let reply = try await client.call("test_logging_tool", meta: [ModernClient.logLevel: "loud"])
            #expect(reply.code == -32602, reply.exchange)
        },
    ]

    private static func expectListed(
        _ tool: String,
        _ client: ModernClient,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await client.send("tools/list")
        let names = reply.result?["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(names.contains(tool), reply.exchange, sourceLocation: location)
    }
}
