import EventWaiting
import RoostJSON
import Testing

/// The job API as clients of the platform know it.
@Suite("The job API", .timeLimit(.minutes(3)))
struct JobAddresses {
    @Test("is the same bare, and answers GET and POST where the platform's clients use both")
    func bare() async throws {
        var client = try await JobClient.shipped()
        client.prefix = ""
        let id = try await client.run(["server": "echo", "tool": "add", "arguments": ["a": 2, "b": 2]])
        let job = try await client.awaited(id, "COMPLETED")
        #expect(job["output"]?["structuredContent"]?["sum"] == 4)
        let posted = try await client.send("POST", "/status/\(id)")
        #expect(posted.messages.first?["status"] == "COMPLETED", posted.exchange)
        let waited = try await client.send("GET", "/status-sync/\(id)?wait=1000")
        #expect(waited.messages.first?["status"] == "COMPLETED", waited.exchange)
        let refused = try await client.send("GET", "/run")
        #expect(refused.status == 405 && refused.head.fields["Allow"] == "POST", refused.exchange)
    }

    @Test("shows progress while a job runs, and cancels the plugin's call")
    func cancels() async throws {
        let host = try await RunningHost.start(HostFile(plugins: [("echo", "libEcho.so")]))
        let client = JobClient(port: host.port)
        let id = try await client.run(["server": "echo", "tool": "sleep", "arguments": ["seconds": 600]])
        _ = try await poll(for: "progress") {
            let status = try await client.status(id)
            return status?["status"] == "IN_PROGRESS" && status?["output"]?["progress"] != nil ? true : nil
        }
        _ = try await poll(for: "a busy plugin") { try await Self.active(host.port) == 1 ? true : nil }
        let cancelled = try await client.send("POST", "/cancel/\(id)")
        #expect(cancelled.messages.first?["status"] == "CANCELLED", cancelled.exchange)
        _ = try await poll(for: "an idle plugin") { try await Self.active(host.port) == 0 ? true : nil }
        #expect(try await client.status(id)?["status"] == "CANCELLED")
        host.stop()
    }

    /// How many calls the plugin works on, as the host counts them.
    private static func active(_ port: Int) async throws -> Int? {
        let reply = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/metrics"),
            port: port
        )
        let text = String(decoding: reply.body, as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("active_workers{") }
        return line?.split(separator: " ").last.flatMap { Double($0) }.map { Int($0) }
    }

    @Test("tries again only what failed, under the same id")
    func retries() async throws {
        let client = try await JobClient.shipped()
        let id = try await client.run(["server": "echo", "tool": "nothing"])
        _ = try await client.awaited(id, "FAILED")
        let retry = try await client.send("POST", "/retry/\(id)")
        #expect(retry.messages.first == ["id": .string(id), "status": "IN_QUEUE"], retry.exchange)
        let again = try await client.awaited(id, "FAILED")
        #expect(again["retries"] == 1)
        let good = try await client.run(["server": "echo", "tool": "add", "arguments": ["a": 1, "b": 1]])
        _ = try await client.awaited(good, "COMPLETED")
        let refused = try await client.send("POST", "/retry/\(good)")
        #expect(refused.status == 400, refused.exchange)
    }

    @Test("waits in /runsync for as long as it is asked to")
    func waits() async throws {
        let client = try await JobClient.shipped()
        let reply = try await client.send(
            "POST",
            "/runsync?wait=1000",
            ["input": ["server": "echo", "tool": "sleep", "arguments": ["seconds": 20]]]
        )
        let job = try #require(reply.messages.first, reply.exchange)
        #expect(job["status"] == "IN_PROGRESS", "\(job)")
        #expect(job["id"]?.string?.hasPrefix("sync-") == true, "\(job)")
        _ = try await client.send("POST", "/cancel/\(job["id"]?.string ?? "")")
    }

    @Test("counts jobs and workers in /health, the platform's and the host's own")
    func health() async throws {
        let client = try await JobClient.shipped()
        let platform = try await client.send("GET", "/health")
        let own = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/health"),
            port: client.port
        )
        for reply in [platform, own] {
            for key in ["completed", "failed", "inProgress", "inQueue", "retried"] {
                #expect(reply.messages.first?["jobs"]?[key]?.integer != nil, reply.exchange)
            }
            for key in ["idle", "initializing", "ready", "running", "throttled", "unhealthy"] {
                #expect(reply.messages.first?["workers"]?[key]?.integer != nil, reply.exchange)
            }
        }
        #expect(
            own.messages.first?["service"] == "roost" && own.messages.first?["plugins"] != nil,
            own.exchange
        )
    }

    @Test("belongs to whoever asks: keys see their own jobs, their scopes hold, and nobody else is let in")
    func owners() async throws {
        let host = try await RunningHost.start(
            HostFile(plugins: [("echo", "libEcho.so"), ("memory", "libMemory.so")], further: "auth: {}")
        )
        let alice = try await Credentials.key("alice", ["echo"], in: host).text
        let bob = try await Credentials.key("bob", ["*"], in: host).text
        let hers = try await JobClient(port: host.port, key: alice).admitted()
        let his = try await JobClient(port: host.port, key: bob).admitted()
        let id = try await hers.run(["server": "echo", "tool": "add", "arguments": ["a": 1, "b": 1]])
        _ = try await hers.awaited(id, "COMPLETED")
        #expect(try await his.status(id) == nil)
        #expect(try await his.send("POST", "/cancel/\(id)").status == 404)
        let forbidden = try await hers.runSync(["server": "memory", "action": "stats"])
        #expect(forbidden["status"] == "FAILED", "\(forbidden)")
        #expect(try await his.runSync(["server": "memory", "action": "stats"])["status"] == "COMPLETED")
        for key in [String?.none, "wrong"] {
            let nobody = JobClient(port: host.port, key: key)
            #expect(try await nobody.send("GET", "/health").status == 401)
            #expect(try await nobody.send("POST", "/run", ["input": [:]]).status == 401)
        }
        let probe = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/health"),
            port: host.port
        )
        #expect(probe.status == 200 && probe.messages.first?["jobs"] == nil, probe.exchange)
        host.stop()
    }

    @Test("refuses what is no job")
    func refusals() async throws {
        let client = try await JobClient.shipped()
        var request = HTTPRequest(method: "POST", target: "/run", body: Array("{not json".utf8))
        request.fields["Content-Type"] = "application/json"
        let bad = try await HTTPConnection.exchange(request, port: client.port)
        #expect(bad.status == 400 && bad.messages.first?["error"]?.string != nil, bad.exchange)
        #expect(try await client.status("no-such-job") == nil)
    }
}
