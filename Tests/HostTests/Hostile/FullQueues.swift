import EventWaiting
import RoostJSON
import Testing

@Suite("Hostile: more calls than places", .timeLimit(.minutes(2)))
struct FullQueues {
    @Test("a call beyond the queue is refused at once, by the plugin's name and its limits")
    func refused() async throws {
        var file = HostFile(plugins: [("echo", "libEcho.so"), ("everything", "libEverything.so")])
        file.settings["echo"] = "    limits: { concurrency: 1, queue: 1 }"
        let host = try await RunningHost.start(file)
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        let nap = client.request(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 20]],
            meta: ["progressToken": 1]
        )
        let working = try await EventStream.open(nap.http, port: host.port)
        _ = try await working.message("notifications/progress")
        let waiting = try await HTTPConnection.open(port: host.port)
        try await waiting.send(nap.http)
        _ = try await poll(for: "a call in the queue") {
            try await Scrape(port: host.port).sum("queue_length", #"server="echo""#) == 1 ? true : nil
        }
        let reply = try await refusal(client)
        let text = reply.result?["content"]?[0]?["text"]?.string ?? reply.error?["message"]?.string ?? ""
        #expect(reply.result?["isError"] == true || reply.error != nil, reply.exchange)
        #expect(text.contains("echo") && text.contains("concurrency 1"), reply.exchange)
        let other = try await ModernClient(port: host.port).call("test_simple_text")
        #expect(other.result != nil, other.exchange)
        await working.close()
        await waiting.close()
        let free = try await client.call("add", ["a": 1, "b": 2])
        #expect(free.result?["structuredContent"]?["sum"] == 3, free.exchange)
        host.stop()
    }

    /// Calls until one is refused; a call that took the last place of the queue gives it back by leaving.
    private func refusal(_ client: ModernClient) async throws -> Reply {
        let request = client.request("tools/call", ["name": "add", "arguments": ["a": 1, "b": 2]]).http
        return try await poll(for: "a refusal by the full queue") {
            let connection = try await HTTPConnection.open(port: client.port)
            try await connection.send(request)
            do {
                let head = try await connection.readHead(within: .milliseconds(500))
                var body: [UInt8] = []
                while let piece = try await connection.readBodyPiece() { body += piece }
                return Reply(request: request, head: head, body: body)
            } catch is TimedOut {
                await connection.close()
                return nil
            }
        }
    }
}
