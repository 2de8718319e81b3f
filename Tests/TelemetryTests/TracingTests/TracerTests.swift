import Logging
import Synchronization
import Telemetry
import Testing

/// Keeps what is exported, and answers as it is told.
private final class RecordingExporter: SpanExporter {
    let names = Mutex<[String]>([])
    let outcome: SpanExportOutcome

    init(_ outcome: SpanExportOutcome = .accepted) { self.outcome = outcome }

    func export(_ spans: [Span], _ done: @escaping @Sendable (SpanExportOutcome) -> Void) {
        names.withLock { $0 += spans.map(\.name) }
        done(outcome)
    }
}

@Suite("The tracer")
struct TracerTests {
    private let parent = TraceContext(
        traceID: .init(high: 1, low: 2),
        spanID: 3,
        isSampled: true,
        state: "vendor=1"
    )

    private func tracer(_ sample: Double, _ exporter: RecordingExporter = RecordingExporter()) -> Tracer {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return Tracer(exporter: exporter, sample: sample, logger: logger) { _, _ in }
    }

    @Test("a request hangs in its caller's trace and keeps its caller's decision, whatever the share")
    func parented() {
        for sample in [0, 1] as [Double] {
            let context = tracer(sample).begin(in: parent)
            #expect(context.traceID == parent.traceID && context.spanID != parent.spanID)
            #expect(context.isSampled && context.state == "vendor=1")
            var unsampled = parent
            unsampled.isSampled = false
            #expect(!tracer(sample).begin(in: unsampled).isSampled)
        }
    }

    @Test("of the traces that begin here the configured share is kept")
    func share() {
        #expect((0..<1_000).allSatisfy { _ in tracer(1).begin(in: nil).isSampled })
        #expect((0..<1_000).allSatisfy { _ in !tracer(0).begin(in: nil).isSampled })
        let quarter = tracer(0.25)
        let kept = (0..<10_000).count { _ in quarter.begin(in: nil).isSampled }
        #expect((2_000...3_000).contains(kept), "\(kept) of 10,000 kept")
    }

    @Test("spans of traces that are not kept go nowhere; the others arrive at the end at the latest")
    func record() async {
        let exporter = RecordingExporter()
        let tracer = tracer(1, exporter)
        var unsampled = parent
        unsampled.isSampled = false
        tracer.record([
            Span("kept", .server, parent, parent: nil, start: 0, end: 1),
            Span("not", .server, unsampled, parent: nil, start: 0, end: 1),
        ])
        await tracer.drain(within: .seconds(10))
        #expect(exporter.names.withLock { $0 } == ["kept"])
        #expect(tracer.counts == (1, 0))
    }

    @Test("what a collector does not take is counted as lost")
    func lost() async {
        let tracer = tracer(1, RecordingExporter(.refused("no")))
        tracer.record([Span("a", .server, parent, parent: nil, start: 0, end: 1)])
        await tracer.drain(within: .seconds(10))
        #expect(tracer.counts == (0, 1))
    }
}
