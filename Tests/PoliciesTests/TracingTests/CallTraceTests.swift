import Gateway
import Logging
import PluginRuntime
import RoostJSON
import Synchronization
import Telemetry
import Testing

/// Keeps the spans it is given.
private final class SpanRecorder: SpanExporter {
    let spans = Mutex<[Span]>([])

    func export(_ spans: [Span], _ done: @escaping @Sendable (SpanExportOutcome) -> Void) {
        self.spans.withLock { $0 += spans }
        done(.accepted)
    }
}

/// Keeps what the plugin would be told, and lets the call go on.
private final class ContextRecorder: Policy {
    let contexts = Mutex<[JSONValue]>([])

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        if let context = try? JSONValue(parsing: call.request.context) {
            contexts.withLock { $0.append(context) }
        }
        next.handle(call)
    }

    var meta: JSONValue? { contexts.withLock { $0.first?["meta"] } }
}

@Suite("A trace goes through the host to the plugin")
struct CallTraceTests {
    private let exporter = SpanRecorder()
    private let recorder = ContextRecorder()
    private static let callers = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01"

    private func tracer(sample: Double = 1) -> Tracer {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return Tracer(exporter: exporter, sample: sample, logger: logger) { _, _ in }
    }

    @Test("without tracing what the client sent is passed on, letter by letter")
    func passedOn() async throws {
        let echo = try await EchoGateway([recorder])
        let meta: JSONValue = ["traceparent": .string(Self.callers), "tracestate": "v=1", "x": [1, 2]]
        _ = try await echo.call("add", ["a": 2, "b": 3], meta: meta)
        #expect(recorder.meta == meta)
        await echo.stop()
    }

    @Test(
        "with tracing the plugin hangs below the call, the call below the request, the request below the caller"
    )
    func spans() async throws {
        let tracer = tracer()
        let echo = try await EchoGateway([recorder], tracer: tracer)
        let meta: JSONValue = ["traceparent": .string(Self.callers), "tracestate": "v=1", "x": [1, 2]]
        _ = try await echo.call("add", ["a": 2, "b": 3], meta: meta)
        await tracer.drain(within: .seconds(10))
        let spans = exporter.spans.withLock { $0 }
        let request = try #require(spans.first { $0.kind == .server })
        let call = try #require(spans.first { $0.kind == .client })
        #expect(request.name == "tools/call add" && call.name == "tools/call add")
        #expect(request.parent == 0x00f0_67aa_0ba9_02b7 && call.parent == request.context.spanID)
        #expect(spans.allSatisfy { "\($0.context.traceID)" == "0af7651916cd43dd8448eb211c80319c" })
        #expect(request.start <= call.start && call.end <= request.end && call.failure == nil)
        #expect(
            recorder.meta == [
                "x": [1, 2], "traceparent": .string(call.context.traceparent), "tracestate": "v=1",
            ]
        )
        await echo.stop()
    }

    @Test("a trace begins here when the caller has none; one that is not kept still has an id")
    func begins() async throws {
        let tracer = tracer(sample: 0)
        let echo = try await EchoGateway([recorder], tracer: tracer)
        _ = try await echo.call("add", ["a": 2, "b": 3])
        await tracer.drain(within: .seconds(10))
        #expect(exporter.spans.withLock { $0.isEmpty })
        let parent = recorder.meta?["traceparent"]?.string ?? ""
        #expect(TraceContext(traceparent: parent)?.isSampled == false)
        await echo.stop()
    }

    @Test("what fails is marked, at the call and at the request")
    func failure() async throws {
        let tracer = tracer()
        let echo = try await EchoGateway([recorder], tracer: tracer)
        _ = try await echo.call("no_such_tool", [:])
        await tracer.drain(within: .seconds(10))
        let spans = exporter.spans.withLock { $0 }
        #expect(spans.count == 1 && spans.first?.failure == "JSON-RPC error -32602")
        // A name a client made up is no span name.
        #expect(spans.first?.name == "tools/call")
        await echo.stop()
    }
}
