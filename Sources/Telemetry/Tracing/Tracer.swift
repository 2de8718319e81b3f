package import Logging
import Synchronization

/// Decides which requests are traced, and hands their spans on without anybody waiting.
package final class Tracer: Sendable {
    private let exporter: any SpanExporter
    private let ratio: Double
    private let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    private let batcher: Mutex<SpanBatcher>
    private let isTroubled = Mutex(false)
    private let logger: Logger

    /// Makes a tracer that keeps the share `sample` of the traces that begin here, 0 to 1.
    ///
    /// Whoever sends a trace along has decided for it. `after` runs an action later, on any thread.
    package init(
        exporter: any SpanExporter,
        sample: Double,
        logger: Logger,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    ) {
        self.exporter = exporter
        ratio = sample
        self.logger = logger
        self.after = after
        batcher = Mutex(SpanBatcher())
    }

    /// The place of a new request: in its caller's trace, or the first of a new one.
    package func begin(in parent: TraceContext?) -> TraceContext {
        if let parent { return child(of: parent) }
        var generator = SystemRandomNumberGenerator()
        let low = UInt64.random(in: 1 ... .max, using: &generator)
        let id = TraceContext.TraceID(high: generator.next(), low: low)
        // By the id's random bits: hosts that see the same trace decide alike.
        let isSampled = ratio >= 1 || Double(low >> 8) < ratio * Double(1 << 56 as UInt64)
        return TraceContext(traceID: id, spanID: Self.newSpanID(), isSampled: isSampled)
    }

    /// The place of a part of something.
    package func child(of parent: TraceContext) -> TraceContext {
        var context = parent
        context.spanID = Self.newSpanID()
        return context
    }

    /// Takes finished spans; those of traces that are not sampled are left out.
    package func record(_ spans: [Span]) {
        let spans = spans.filter(\.context.isSampled)
        guard !spans.isEmpty else { return }
        perform(batcher.withLock { $0.add(spans) })
    }

    /// Spans that were exported and that were lost so far.
    package var counts: (exported: Int64, lost: Int64) { batcher.withLock { ($0.exported, $0.lost) } }

    /// Sends what is left; returns when it is sent or `limit` has passed.
    package func drain(within limit: Duration) async {
        perform(batcher.withLock { $0.drain() })
        let deadline = ContinuousClock.now + limit
        while !batcher.withLock({ $0.isEmpty }), ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private static func newSpanID() -> UInt64 { .random(in: 1 ... .max) }

    private func perform(_ step: SpanBatcher.Step) {
        switch step {
        case .nothing: break
        case .arm(let delay):
            after(delay) { [self] in perform(batcher.withLock { $0.timerFired() }) }
        case .waitForRetry(let delay):
            after(delay) { [self] in perform(batcher.withLock { $0.retry() }) }
        case .send(let spans):
            exporter.export(spans) { [self] outcome in
                tell(outcome)
                perform(
                    batcher.withLock { batcher in
                        switch outcome {
                        case .accepted: batcher.accepted()
                        case .unreachable: batcher.unreachable()
                        case .refused: batcher.refused()
                        }
                    }
                )
            }
        }
    }

    /// Says once that traces do not arrive, and once that they do again.
    private func tell(_ outcome: SpanExportOutcome) {
        let isTrouble = outcome != .accepted
        let isNews = isTroubled.withLock { known in
            defer { known = isTrouble }
            return known != isTrouble
        }
        guard isNews else { return }
        switch outcome {
        case .accepted: logger.notice("traces reach the collector again")
        case .unreachable(let sentence), .refused(let sentence):
            logger.warning(
                "traces do not reach the collector: \(sentence). Calls go on; lost spans are counted"
            )
        }
    }
}
