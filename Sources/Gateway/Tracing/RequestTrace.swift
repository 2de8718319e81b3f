import MCP
import Synchronization
import Telemetry

/// The span of one request of a client, from its arrival to its answer.
///
/// ```
/// request                                    ── from the gateway to the answer
///   policies                                 ── until the plugin is asked, when that took time
///   call of a plugin, one for each round     ── the plugin's own spans hang here
///     queue                                  ── while it waited for a place
/// ```
final class RequestTrace: Sendable {
    let tracer: Tracer
    /// The request's own place; what is done for it hangs below.
    let context: TraceContext
    private let parent: TraceContext?
    private let start = WallClock.nanoseconds
    private let target = Mutex<String?>(nil)

    init(_ tracer: Tracer, in parent: TraceContext?) {
        self.tracer = tracer
        self.parent = parent
        context = tracer.begin(in: parent)
    }

    /// Names what the request turned out to be for: a tool, a prompt.
    ///
    /// Only names a plugin gave: what a client makes up would be a new span name every time.
    func concerns(_ name: String) { target.withLock { $0 = name } }

    /// The request was answered, or given up by its client.
    func finish(_ exchange: Exchange) {
        guard context.isSampled else { return }
        let failure = exchange.failure
        let isKnown = failure != .methodNotFound
        let method = isKnown ? exchange.request.method : "unknown method"
        let target = target.withLock { $0 }
        var span = Span(
            target.map { "\(method) \($0)" } ?? method,
            .server,
            context,
            parent: parent?.spanID,
            start: start,
            end: WallClock.nanoseconds
        )
        span.attributes = [
            ("mcp.method.name", .text(method)),
            ("mcp.protocol.version", .text(exchange.client.version.rawValue)),
            ("network.transport", .text(exchange.transport == .http ? "tcp" : "pipe")),
        ]
        if exchange.request.method == "tools/call", let target {
            span.attributes.append(("gen_ai.tool.name", .text(target)))
        }
        if let failure {
            span.attributes.append(("rpc.response.status_code", .text("\(failure.rawValue)")))
            span.failure = "JSON-RPC error \(failure.rawValue)"
        }
        tracer.record([span])
    }
}
