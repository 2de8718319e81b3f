package import Gateway
import MCP
import PluginRuntime
import RoostJSON
package import Telemetry

/// Writes one line of JSON for every call, when the call has ended; stands right behind the metrics.
///
/// Arguments are left out unless the operator asked for them, and never stand there with secrets in them.
package struct CallLog: Policy {
    private let lines: LineLog
    private let redaction: Redaction
    private let logsArguments: Bool
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Longer arguments are replaced by their size.
    private static let maximumArguments = 16_384

    /// `now`: the clock, for tests.
    package init(
        _ lines: LineLog,
        redaction: Redaction,
        logsArguments: Bool,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.lines = lines
        self.redaction = redaction
        self.logsArguments = logsArguments
        self.now = now
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        let start = now()
        call.whenFinished { [self, call] outcome in
            lines.append(line(call, outcome, took: now() - start))
        }
        next.handle(call)
    }

    private func line(_ call: PluginCall, _ outcome: PluginOutcome, took: Duration) -> [UInt8] {
        let notes = call.notes
        let ending = CallEnding(outcome, call.refusal)
        let client = call.exchange.client
        var writer = JSONWriter(capacity: 512)
        writer.object { line in
            line.member("time", string: lines.timestamp())
            line.member("event", string: "call")
            if let principal = client.principal {
                line.member("principal", string: redaction.redacted(principal))
            }
            line.member("plugin", string: call.plugin.alias)
            line.member("method", string: call.exchange.request.method)
            if let tool = call.tool {
                line.member("tool", string: tool.name)
            } else {
                // A resource's address comes from the client.
                line.member("target", string: redaction.redacted(call.request.target))
            }
            line.member("status", string: ending.status)
            line.member("decision", string: notes.endedBy?.rawValue ?? ending.decision)
            line.member("duration_ms", .number(took.milliseconds))
            line.member("queue_ms", .number(notes.queueWait?.milliseconds ?? 0))
            if let cache = notes.cache { line.member("cache", string: cache.rawValue) }
            if notes.retries > 0 { line.member("retries", .integer(Int64(notes.retries))) }
            line.member("request_bytes", .integer(Int64(call.arguments?.bytes.count ?? 0)))
            line.member("response_bytes", .integer(Int64(ending.bytes)))
            if let trace = call.trace { line.member("trace_id", string: "\(trace.traceID)") }
            line.member("revision", string: client.version.rawValue)
            line.member("transport", string: call.exchange.transport.rawValue)
            if let reason = ending.reason { line.member("reason", string: redaction.redacted(reason)) }
            if logsArguments, let arguments = call.arguments { write(arguments, in: &line) }
        }
        return writer.bytes
    }

    private func write(_ arguments: JSONView, in line: inout JSONWriter) {
        guard arguments.bytes.count <= Self.maximumArguments else {
            line.member("arguments_left_out", .integer(Int64(arguments.bytes.count)))
            return
        }
        line.member("arguments", redaction.redacted(JSONValue(arguments)))
    }
}
