import EventWaiting
import RedisTesting
import RoostJSON
import Testing

@Suite("Rate limits", .timeLimit(.minutes(3)))
struct RateLimits {
    /// Two calls of add in an hour.
    private static let file = HostFile(
        plugins: [("echo", "libEcho.so")],
        settings: ["echo": "    rate_limits: [{ name: adding, tool: \"a*\", rate: 2/h }]"]
    )

    private static let sum: JSONObject = ["a": 1, "b": 2]

    @Test("a modern client learns how it stands, and from 429 when to come back; other tools are not held up")
    func modern() async throws {
        let host = try await RunningHost.start(Self.file)
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        let first = try await client.call("add", Self.sum)
        #expect(first.status == 200 && first.result != nil, first.exchange)
        #expect(first.head["RateLimit-Policy"] == #""adding";q=2;w=3600"#, first.exchange)
        #expect(first.head["RateLimit"]?.hasPrefix(#""adding";r=1;t="#) == true, first.exchange)
        _ = try await client.call("add", Self.sum)
        let refused = try await client.call("add", Self.sum)
        refused.expectError(429, status: 429)
        let seconds = refused.head["Retry-After"].flatMap { Int($0) } ?? 0
        #expect((1_700...1_800).contains(seconds), refused.exchange)
        #expect(refused.head["RateLimit"]?.hasPrefix(#""adding";r=0;t="#) == true, refused.exchange)
        #expect(refused.error?["data"]?["cause"] == "rate_limited", refused.exchange)
        let other = try await client.call("sleep", ["seconds": 0])
        #expect(other.status == 200 && other.head["RateLimit"] == nil, other.exchange)
        host.stop()
    }

    @Test("a legacy client reads it in the body, on 200, and keeps its session")
    func legacy() async throws {
        let host = try await RunningHost.start(Self.file)
        let client = try await LegacyClient.connect(port: host.port, path: "/mcp/echo", .november2025)
        var last: Reply?
        for _ in 0..<3 { last = try await client.call("add", Self.sum) }
        let refused = try #require(last)
        #expect(refused.status == 200 && refused.code == 429, refused.exchange)
        #expect(refused.head["Retry-After"] != nil, refused.exchange)
        let other = try await client.call("sleep", ["seconds": 0])
        #expect(other.result != nil, other.exchange)
        host.stop()
    }

    @Test("on stdio it is a sentence")
    func stdio() async throws {
        let run = try await StdioHost.run(Self.file, plugin: "echo") { host in
            var answers: [JSONValue] = []
            for _ in 0..<3 {
                let request = ModernClient(port: 0, path: "").request(
                    "tools/call",
                    ["name": "add", "arguments": .object(Self.sum)]
                )
                answers.append(try await host.ask(request.message))
            }
            return answers
        }
        #expect(run.outcome[1]["result"] != nil, "\(run.outcome)")
        let sentence = run.outcome[2]["error"]?["message"]?.string ?? ""
        #expect(
            sentence.hasPrefix("too many calls: the limit adding allows 2 in 60 min"),
            "\(run.outcome[2])"
        )
    }

    @Test("two hosts on one Redis share one limit")
    func shared() async throws {
        let redis = try await RunningRedisHost.start(
            rules: "[{ per: [tool], rate: 5/h }]",
            onOutage: "closed"
        )
        let other = try await RunningHost.start(redis.file)
        let clients = [redis.host, other].map { ModernClient(port: $0.port, path: "/mcp/echo") }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<24 {
                group.addTask { try await clients[number % 2].call("add", Self.sum).status }
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 5, 429: 19])
        other.stop()
        await redis.stop()
    }

    @Test(
        "Redis killed and restarted under load: no failed call with open or local",
        arguments: ["open", "local"]
    )
    func survived(_ choice: String) async throws {
        let redis = try await RunningRedisHost.start(rules: "[{ rate: 1000000/s }]", onOutage: choice)
        let client = ModernClient(port: redis.host.port, path: "/mcp/echo")
        let load = CallLoad(client)
        try await load.run(workers: 4) {
            for _ in 0..<2 {
                try await load.wait(for: 100)
                await redis.server.kill()
                try await load.wait(for: 100)
                try await redis.server.restart()
            }
            try await load.wait(for: 100)
        }
        #expect(load.statuses.keys.sorted() == [200], "\(load.statuses)")
        await redis.stop()
    }

    @Test("Redis killed and restarted under load: none let through with closed, and all again afterwards")
    func closed() async throws {
        let redis = try await RunningRedisHost.start(rules: "[{ rate: 1000000/s }]", onOutage: "closed")
        let client = ModernClient(port: redis.host.port, path: "/mcp/echo")
        let load = CallLoad(client)
        try await load.run(workers: 4) {
            for _ in 0..<2 {
                try await load.wait(for: 100)
                await redis.server.kill()
                // What was begun before the kill may still be answered well.
                try await load.wait(for: 20)
                let health = try await HTTPConnection.exchange(
                    HTTPRequest(method: "GET", target: "/health"),
                    port: redis.host.port
                )
                #expect(health.messages.first?["redis"]?["status"] == "away", health.exchange)
                #expect(health.status == 200, "the host itself is well")
                let before = load.statuses
                try await load.wait(for: 100)
                let after = load.statuses
                #expect(after[200] == before[200], "a call was let through")
                #expect(after[503, default: 0] >= before[503, default: 0] + 100)
                try await redis.server.restart()
                _ = try await poll(for: "a call that is let through again") {
                    load.statuses[200, default: 0] > after[200, default: 0] ? true : nil
                }
            }
        }
        #expect(load.statuses.keys.sorted() == [200, 503], "\(load.statuses)")
        let log = redis.host.log
        #expect(log.contains("cannot be used") && log.contains("answers again"), "\(log)")
        await redis.stop()
    }
}
