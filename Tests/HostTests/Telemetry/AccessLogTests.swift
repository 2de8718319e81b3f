import EventWaiting
import Glibc
import RoostJSON
import Testing

@Suite("The access log", .timeLimit(.minutes(2)))
struct AccessLogTests {
    private static let secret = "swordfish-of-the-plugin"

    private static func lines(_ path: String) throws -> [JSONValue] {
        try (TextFile.text(path) ?? "").split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    /// The lines, once there are as many.
    private static func lines(_ path: String, count: Int) async throws -> [JSONValue] {
        try await poll(for: "\(count) lines in \(path)") {
            let lines = try Self.lines(path)
            return lines.count >= count ? lines : nil
        }
    }

    @Test("has a line for each call, with arguments only when asked, and never a secret")
    func lines() async throws {
        let host = try await TelemetryHost.start(
            "access_log: { to: ./access.log, arguments: true }",
            environment: ["ECHO_SECRET": Self.secret]
        )
        defer { host.host.stop() }
        let path = host.host.directory.path + "/access.log"
        let trace = "0af7651916cd43dd8448eb211c80319c"
        _ = try await host.call(
            "echo",
            ["text": .string("my \(Self.secret)")],
            fields: [("traceparent", "00-\(trace)-00f067aa0ba902b7-01")]
        )
        _ = try await host.call("add", ["a": "two"])
        let lines = try await Self.lines(path, count: 2)
        let text = TextFile.text(path) ?? ""
        #expect(!text.contains(Self.secret), "\(text)")
        #expect(lines[0]["event"] == "call" && lines[0]["plugin"] == "echo" && lines[0]["tool"] == "echo")
        #expect(lines[0]["status"] == "ok" && lines[0]["transport"] == "http")
        #expect(lines[0]["revision"] == "2026-07-28" && lines[0]["trace_id"] == .string(trace))
        #expect(lines[0]["arguments"] == ["text": "my [redacted]"])
        #expect(lines[0]["duration_ms"]?.double ?? -1 > 0 && lines[0]["queue_ms"]?.double ?? -1 >= 0)
        #expect(lines[1]["decision"] == "validation" && lines[1]["arguments"] == ["a": "two"])
    }

    @Test("goes on in a new file when the old one was moved, and on SIGUSR1")
    func rotation() async throws {
        let host = try await TelemetryHost.start("access_log: { to: ./access.log }")
        defer { host.host.stop() }
        let path = host.host.directory.path + "/access.log"
        _ = try await host.call("add", ["a": 2, "b": 3])
        #expect(try await Self.lines(path, count: 1).first?["arguments"] == nil)
        #expect(rename(path, path + ".1") == 0)
        _ = try await host.call("add", ["a": 2, "b": 3])
        _ = try await Self.lines(path, count: 1)
        #expect(kill(try host.host.pid, SIGUSR1) == 0)
        _ = try await host.call("add", ["a": 2, "b": 3])
        #expect(try await Self.lines(path, count: 2).count == 2)
        #expect(try Self.lines(path + ".1").count == 1)
    }

    @Test("takes down that a plugin went into quarantine")
    func audit() async throws {
        let file = HostFile(
            plugins: [("vices", "libFixtureVices.so")],
            further: "access_log: { to: ./access.log }",
            settings: [
                "vices":
                    "    config: { vice: crash_in_start }\n    restart: { max: 1, within: 60s, backoff: 1ms..2ms }"
            ]
        )
        let host = try await RunningHost.start(file)
        defer { host.stop() }
        let client = ModernClient(port: host.port, path: "/mcp/vices")
        let path = host.directory.path + "/access.log"
        let audit = try await poll(for: "quarantine in \(host.log)") {
            let tools = try await HTTPConnection.exchange(client.request("tools/list").http, port: host.port)
            let name = tools.result?["tools"]?[0]?["name"] ?? "crash"
            let call = client.request("tools/call", ["name": name, "arguments": [:]])
            _ = try await HTTPConnection.exchange(call.http, port: host.port)
            return try Self.lines(path).first { $0["event"] == "audit" }
        }
        #expect(audit["action"] == "quarantine" && audit["plugin"] == "vices", "\(audit)")
        #expect(audit["reason"]?.string?.contains("quarantine") == true, "\(audit)")
    }

    @Test("is off unless it is asked for, and SIGUSR1 harms no host without one")
    func off() async throws {
        let host = try await TelemetryHost.start()
        defer { host.host.stop() }
        #expect(kill(try host.host.pid, SIGUSR1) == 0)
        let reply = try await host.call("add", ["a": 2, "b": 3])
        #expect(reply.status == 200, reply.exchange)
        #expect(TextFile.text(host.host.directory.path + "/access.log") == nil)
    }
}
