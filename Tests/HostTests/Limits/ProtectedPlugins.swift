import EventWaiting
import RoostJSON
import Testing

@Suite("Deadlines, retries and breakers", .timeLimit(.minutes(3)))
struct ProtectedPlugins {
    private func start(
        _ alias: String,
        _ library: String,
        _ settings: String,
        further: String = ""
    ) async throws
        -> (host: RunningHost, client: ModernClient)
    {
        var file = HostFile(plugins: [(alias, library)], settings: [alias: settings])
        file.further = further
        let host = try await RunningHost.start(file)
        return (host, ModernClient(port: host.port, path: "/mcp/\(alias)"))
    }

    @Test("a tool that may be repeated is called again when its plugin crashed under it")
    func retried() async throws {
        let (host, client) = try await start("vices", "libFixtureVices.so", "")
        let reply = try await client.call("crash_once")
        #expect(reply.result?["content"]?[0]?["text"] == "recovered", reply.exchange)
        #expect(host.log.contains("crashed"))
        host.stop()
    }

    @Test("without retries it fails, and so does what crashes every time")
    func notRetried() async throws {
        let (host, client) = try await start(
            "vices",
            "libFixtureVices.so",
            "    retries: { attempts: 0 }"
        )
        let once = try await client.call("crash_once")
        #expect(once.error?["data"]?["cause"] == "crashed", once.exchange)
        let again = try await client.call("crash_once")
        #expect(again.result != nil, again.exchange)
        host.stop()
        let (patient, second) = try await start(
            "vices",
            "libFixtureVices.so",
            "    retries: { attempts: 2, pause: 10ms }\n    restart: { backoff: 10ms..20ms }"
        )
        let always = try await second.call("crash_always")
        #expect(always.error?["data"]?["cause"] == "crashed", always.exchange)
        let crashes = patient.log.split(separator: "\n").filter { $0.contains("crashed") }
        #expect(crashes.count >= 3, "one attempt and two further ones: \(patient.log)")
        patient.stop()
    }

    @Test("a plugin that fails again and again is taken out of service, and says so")
    func breaker() async throws {
        let (host, client) = try await start(
            "vices",
            "libFixtureVices.so",
            "    breaker: { failures: 2, within: 10m, open_for: 10m }\n    restart: { max: 100, backoff: 10ms..20ms }"
        )
        try await crash(client)
        let refused = try await client.call("environment")
        refused.expectError(503, status: 503)
        let seconds: Int? = refused.head["Retry-After"].flatMap { Int($0) }
        #expect((1...600).contains(seconds ?? 0), refused.exchange)
        #expect(refused.error?["message"]?.string?.contains("plugin vices is out of service") == true)
        let health = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/health"),
            port: host.port
        )
        #expect(String(decoding: health.body, as: UTF8.self).contains(#""breaker":"open""#), health.exchange)
        host.stop()
    }

    @Test("a plugin that was taken out of service comes back when a probe goes well")
    func probe() async throws {
        let (host, client) = try await start(
            "vices",
            "libFixtureVices.so",
            "    breaker: { failures: 2, within: 10m, open_for: 100ms }\n    restart: { max: 100, backoff: 10ms..20ms }"
        )
        try await crash(client)
        _ = try await poll(for: "the breaker") { host.log.contains("taken out of service") ? true : nil }
        let back = try await poll(for: "the probe") {
            let reply = try await client.call("environment")
            return reply.result == nil ? nil : reply
        }
        #expect(back.status == 200)
        let next = try await client.call("environment")
        #expect(next.result != nil, "and it stays in service")
        _ = try await poll(for: "the notice") { host.log.contains("is back in service") ? true : nil }
        host.stop()
    }

    /// Lets the plugin crash as often as its breaker allows.
    private func crash(_ client: ModernClient) async throws {
        for _ in 0..<2 {
            let crash = try await client.call("crash")
            #expect(crash.error?["data"]?["cause"] == "crashed", crash.exchange)
        }
    }

    @Test("each tool has its own deadline, and a client may ask for less")
    func deadlines() async throws {
        let (host, client) = try await start(
            "echo",
            "libEcho.so",
            "    limits: { deadline: 100ms }\n    deadlines: { sleep: 1m }"
        )
        let short = try await client.call("sleep", ["seconds": 0.2])
        #expect(short.result != nil, "the tool's own time wins over the plugin's \(short)")
        let asked = try await client.call("sleep", ["seconds": 40], meta: ["roost/deadlineMs": 50])
        #expect(asked.error?["data"]?["cause"] == "deadline", asked.exchange)
        host.stop()
    }

    @Test("the host's deadline is above every tool's")
    func hostDeadline() async throws {
        let (host, client) = try await start(
            "echo",
            "libEcho.so",
            "    deadlines: { sleep: 1m }",
            further: "limits: { deadline: 500ms }"
        )
        let long = try await client.call("sleep", ["seconds": 40])
        #expect(long.error?["data"] == ["plugin": "echo", "cause": "deadline"], long.exchange)
        host.stop()
    }

    @Test("a full plugin and a full host refuse at once and say when to come back")
    func busy() async throws {
        let (host, client) = try await start(
            "echo",
            "libEcho.so",
            "    limits: { concurrency: 1, queue: 0 }",
            further: "limits: { concurrency: 2 }"
        )
        let nap = client.request(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": 20]],
            meta: ["progressToken": 1]
        )
        let working = try await EventStream.open(nap.http, port: host.port)
        _ = try await working.message("notifications/progress")
        let refused = try await client.call("add", ["a": 1, "b": 2])
        refused.expectError(503, status: 503)
        #expect(refused.head["Retry-After"] == "1", refused.exchange)
        #expect(refused.error?["data"]?["cause"] == "busy", refused.exchange)
        await working.close()
        host.stop()
    }
}
