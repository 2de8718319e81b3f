import EventWaiting
import RoostJSON
import Testing

@Suite("A load-balancing worker", .timeLimit(.minutes(10)))
struct LoadBalancerMode {
    /// PORT_HEALTH 0 lets the system choose; the log says which.
    private static func start(
        _ file: HostFile,
        data: String? = nil
    ) async throws -> (RunningHost, probes: Int) {
        let host = try await RunningHost.start(
            file,
            data: data,
            environment: [
                "ROOST_MODE": "load-balancer", "PORT_HEALTH": "0", "HEALTH_CHECK_PATH": "/healthz",
                "RUNPOD_POD_ID": "worker-1",
            ]
        )
        let line = try await poll(for: "the port for probes") {
            host.log.split(separator: "\n").first { $0.contains("probes are answered at") }
        }
        return (host, try #require(line.split(separator: ":").last.flatMap { Int($0) }))
    }

    private func get(_ target: String, _ port: Int) async throws -> Reply {
        try await HTTPConnection.exchange(HTTPRequest(method: "GET", target: target), port: port)
    }

    @Test("answers probes on a port of its own, which serves nothing else, and names itself")
    func probes() async throws {
        let (host, probes) = try await Self.start(HostFile(plugins: [("echo", "libEcho.so")]))
        defer { host.stop() }
        for target in ["/ping", "/healthz"] {
            for port in [host.port, probes] {
                let reply = try await get(target, port)
                let body = try JSONValue(parsing: reply.body)
                #expect(reply.status == 200 && body["status"] == "healthy", reply.exchange)
                #expect(body["service"] == "roost" && body["timestamp"]?.string != nil, reply.exchange)
                #expect(body["version"]?.string != nil, reply.exchange)
                #expect(reply.head["X-Runpod-Worker-Id"] == "worker-1", reply.exchange)
            }
        }
        for target in ["/mcp", "/metrics", "/mcp/echo"] {
            #expect(try await get(target, probes).status == 404)
        }
        let sum = try await ModernClient(port: host.port, path: "/mcp/echo").call("add", ["a": 1, "b": 2])
        #expect(sum.result?["structuredContent"]?["sum"] == 3, sum.exchange)
    }

    @Test("says which mode it is in and why, and when each phase of its start was done")
    func ledger() async throws {
        let (host, _) = try await Self.start(
            HostFile(plugins: [("echo", "libEcho.so")], settings: ["echo": "    start: eager"])
        )
        defer { host.stop() }
        #expect(host.log.contains("mode load-balancer: ROOST_MODE says so"))
        let health = try JSONValue(parsing: try await get("/health", host.port).body)
        #expect(health["mode"]?["name"] == "load-balancer", "\(health)")
        let phases = ["configured", "listening", "manifests", "eager", "ready"]
        let times = try phases.map { try #require(health["start"]?[$0]?.double, "\(health)") }
        #expect(times == times.sorted() && times[0] > 0, "\(health)")
        #expect(host.log.contains("ready; since the process began: configured"))
        let metrics = String(decoding: try await get("/metrics", host.port).body, as: UTF8.self)
        for phase in phases { #expect(metrics.contains("roost_start_seconds{phase=\"\(phase)\"}")) }
    }

    @Test("refuses a stream that belongs to no request, unless legacy_streams is on")
    func streams() async throws {
        for (further, isRefused) in [("", true), ("legacy_streams: on", false)] {
            let (host, _) = try await Self.start(
                HostFile(plugins: [("echo", "libEcho.so")], further: further)
            )
            defer { host.stop() }
            let client = try await LegacyClient.connect(port: host.port, path: "/mcp/echo", .november2025)
            var request = HTTPRequest(method: "GET", target: client.path, fields: client.fields)
            request.fields["Accept"] = "text/event-stream"
            let connection = try await HTTPConnection.open(port: host.port)
            try await connection.send(request)
            let head = try await connection.readHead(method: "GET")
            #expect(head.status == (isRefused ? 405 : 200))
            if isRefused { #expect(head["Allow"] == "POST, DELETE, OPTIONS") }
            await connection.close()
        }
    }

    @Test("keeps an answer that the platform would lose, and answers with its address")
    func largeAnswers() async throws {
        let data = try TemporaryDirectory()
        var file = HostFile(plugins: [("vices", "libFixtureVices.so")])
        file.settings["vices"] = "    limits: { deadline: 120s }"
        let (host, _) = try await Self.start(file, data: data.path)
        defer { host.stop() }
        let client = ModernClient(port: host.port, path: "/mcp/vices")
        let reply = try await client.call("huge")
        let link = try #require(reply.result?["content"]?[1], "\(reply.body.count) bytes")
        #expect(link["type"] == "resource_link" && reply.body.count < 2_000, "\(link)")
        let path = try #require(link["uri"]?.string?.split(separator: "file://").first).description
        #expect(path.hasPrefix(data.path + "/answers/"), "\(path)")
        // By its size and its beginning: reading 32 MB of JSON takes a test's thread for seconds.
        let kept = TextFile.text(path) ?? ""
        #expect(kept.utf8.count == link["size"]?.integer.map(Int.init) && kept.utf8.count > 32 << 20)
        #expect(kept.hasPrefix(#"{"content":[{"type":"text","text":"xxx"#))
        await data.remove()
    }

    @Test("whose plugins can all not be loaded says 503, by name and cause") func broken() async throws {
        let file = HostFile(plugins: [("empty", "libFixtureNoEntry.so")])
        let directory = try TemporaryDirectory()
        try TextFile.write(file.text(data: directory.path + "/var"), to: directory.path + "/host.yaml")
        let host = DrainedHost(directory.path, environment: ["ROOST_MODE": "load-balancer"])
        let port = try await host.port
        let reply = try await poll(for: "an answer other than 204") {
            let reply = try await get("/ping", port)
            return reply.status == 204 ? nil : reply
        }
        #expect(reply.status == 503 && "\(reply)".contains("broken"), reply.exchange)
        let health = try await get("/health", port)
        #expect(health.status == 503 && "\(health)".contains("empty"), health.exchange)
        try host.terminate()
        #expect(try await host.run.succeeded)
    }
}
