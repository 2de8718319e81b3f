import Gateway
import Glibc
import Logging
import Policies
import RoostJSON
import Telemetry
import Testing

@Suite("Every call leaves a line")
struct CallLogTests {
    private let path = "/tmp/roost-call-log-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    private let clock = MovedClock()

    /// Calls through the log and gives back the lines it wrote.
    private func lines(
        arguments: Bool = false,
        _ body: (EchoGateway) async throws -> Void
    ) async throws -> [JSONValue] {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let log = LineLog(.file(path), logger: logger, metrics: MetricsRegistry())
        let policy = CallLog(
            log,
            redaction: Redaction(secrets: ["s3cret-value"]),
            logsArguments: arguments,
            now: { [clock] in
                clock.move(by: .microseconds(1_500))
                return clock.now
            }
        )
        let echo = try await EchoGateway([policy, ArgumentValidation()])
        try await body(echo)
        await echo.stop()
        await log.flush()
        defer { unlink(path) }
        return try text().split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    private func text() -> String {
        let file = open(path, O_RDONLY)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    @Test("with who, what, how long and how it ended, and no argument")
    func members() async throws {
        let trace = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01"
        let lines = try await lines { echo in
            // The first call waits for the plugin's start.
            _ = try await echo.call("echo", ["text": "hi"])
            _ = try await echo.call(
                "add",
                ["a": 2, "b": 3],
                meta: ["traceparent": .string(trace)],
                principal: "key:ci"
            )
        }
        #expect(lines.first?["queue_ms"]?.double ?? 0 > 0)
        var line = try #require(lines.last?.object)
        #expect(line["time"]?.string?.hasSuffix("Z") == true)
        line["time"] = nil
        #expect(line["response_bytes"]?.integer ?? 0 > 20)
        line["response_bytes"] = nil
        #expect(
            JSONValue.object(line) == [
                "event": "call", "principal": "key:ci", "plugin": "echo", "method": "tools/call",
                "tool": "add", "status": "ok", "decision": "allowed", "duration_ms": 1.5, "queue_ms": 0,
                "request_bytes": 13, "trace_id": "0af7651916cd43dd8448eb211c80319c",
                "revision": "2026-07-28", "transport": "http",
            ]
        )
    }

    @Test("a refused call says which policy refused it")
    func refused() async throws {
        let lines = try await lines { _ = try await $0.call("add", ["a": "two"]) }
        #expect(lines.first?["decision"] == "validation" && lines.first?["status"] == "tool_error")
        #expect(lines.first?["arguments"] == nil)
    }

    @Test(
        "arguments stand there only when they are asked for, without secrets, and never in full when they are long"
    )
    func arguments() async throws {
        let lines = try await lines(arguments: true) { echo in
            _ = try await echo.call("echo", ["text": "the s3cret-value of life"])
            _ = try await echo.call("echo", ["text": .string(String(repeating: "x", count: 20_000))])
        }
        #expect(lines.first?["arguments"] == ["text": "the [redacted] of life"])
        #expect(lines.last?["arguments"] == nil && lines.last?["arguments_left_out"] == 20_011)
    }
}
