import RoostJSON
import Testing

/// Whether a call was cancelled shows at a plugin that runs one call at a time: the next call waits until it is over.
@Suite("Cancellation", .timeLimit(.minutes(10)))
struct Cancellation {
    @Test("a modern client that goes away cancels its call") func modernDisconnect() async throws {
        let host = try await RunningHost.start(narrow)
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        let request = client.request("tools/call", Self.nap, meta: ["progressToken": 1])
        let stream = try await EventStream.open(request.http, port: host.port)
        _ = try await stream.message("notifications/progress")
        await stream.close()
        try await expectFree(client)
        host.stop()
    }

    @Test("a modern client that goes away before the first byte cancels its call")
    func earlyDisconnect() async throws {
        let host = try await RunningHost.start(narrow)
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        let connection = try await HTTPConnection.open(port: host.port)
        try await connection.send(client.request("tools/call", Self.nap).http)
        let request = client.request("tools/call", Self.nap, meta: ["progressToken": 1])
        async let queued = EventStream.open(request.http, port: host.port)
        await connection.close()
        let stream = try await queued
        _ = try await stream.message("notifications/progress")
        await stream.close()
        try await expectFree(client)
        host.stop()
    }

    @Test("a legacy client that goes away does not cancel its call, and finds the result later")
    func legacyDisconnect() async throws {
        let client = try await LegacyClient.shipped(.november2025, path: "/mcp/echo")
        let message = LegacyClient.message(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 5], "_meta": ["progressToken": 1]],
            id: 9
        )
        let stream = try await EventStream.open(client.post(message), port: client.port)
        _ = try await stream.message("notifications/progress")
        let last = try #require(await stream.events.compactMap(\.id).last)
        await stream.close()
        let resumed = try await client.listen(after: last)
        while let next = try await resumed.nextMessage() {
            guard next["method"] == nil else { continue }
            let reply = await resumed.reply
            #expect(next["id"] == 9 && next["result"]?["isError"] != true, reply.exchange)
            #expect(
                next["result"]?["content"]?[0]?["text"]?.string?.contains("rested") == true,
                reply.exchange
            )
            await resumed.close()
            return
        }
        Issue.record("the resumed stream ended without the result: \(await resumed.reply)")
    }

    @Test("a legacy client cancels by a notification") func legacyCancel() async throws {
        let host = try await RunningHost.start(narrow)
        let client = try await LegacyClient.connect(port: host.port, path: "/mcp/echo", .november2025)
        var params = Self.nap
        params["_meta"] = ["progressToken": 1]
        let stream = try await EventStream.open(
            client.post(LegacyClient.message("tools/call", params, id: "nap")),
            port: host.port
        )
        _ = try await stream.message("notifications/progress")
        try await client.notify("notifications/cancelled", ["requestId": "nap", "reason": "enough"])
        let reply = try await client.send(
            "tools/call",
            ["name": "add", "arguments": ["a": 1, "b": 2]],
            id: 2
        )
        #expect(reply.result?["structuredContent"]?["sum"] == 3, reply.exchange)
        let seen = await stream.events
        #expect(!seen.contains { $0.data?.contains("rested") == true }, "\(seen)")
        host.stop()
    }

    private static let nap: JSONObject = ["name": "sleep", "arguments": ["seconds": 45]]

    private var narrow: HostFile {
        var file = HostFile(plugins: [("echo", "libEcho.so")])
        file.settings["echo"] = "    limits: { concurrency: 1 }"
        return file
    }

    /// Expects the plugin's one place to be free long before the cancelled nap would have ended.
    private func expectFree(
        _ client: ModernClient,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let begin = ContinuousClock.now
        let reply = try await client.call("add", ["a": 1, "b": 2])
        #expect(reply.result?["structuredContent"]?["sum"] == 3, reply.exchange, sourceLocation: location)
        #expect(ContinuousClock.now - begin < .seconds(14), reply.exchange, sourceLocation: location)
    }
}
