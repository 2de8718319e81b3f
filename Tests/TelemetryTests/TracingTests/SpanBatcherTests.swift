import Testing

@testable import Telemetry

@Suite("Spans travel in batches")
struct SpanBatcherTests {
    private static let limits: SpanBatcher.Limits = {
        var limits = SpanBatcher.Limits()
        limits.capacity = 6
        limits.batch = 3
        limits.tries = 3
        return limits
    }()
    private var batcher = SpanBatcher(limits)

    private static func spans(_ names: String) -> [Span] {
        let context = TraceContext(traceID: .init(high: 1, low: 1), spanID: 1, isSampled: true)
        return names.map { Span("\($0)", .internal, context, parent: nil, start: 0, end: 1) }
    }

    /// A step in short: what is sent by name, a pause by its seconds.
    private static func short(_ step: SpanBatcher.Step) -> String {
        switch step {
        case .nothing: "nothing"
        case .arm(let delay): "arm \(delay)"
        case .send(let spans): "send " + spans.map(\.name).joined()
        case .waitForRetry(let delay): "retry in \(delay)"
        }
    }

    @Test("few wait for others, once; enough go at once; what comes meanwhile follows")
    mutating func batches() {
        #expect(Self.short(batcher.add(Self.spans("a"))) == "arm 2.0 seconds")
        #expect(Self.short(batcher.add(Self.spans("b"))) == "nothing")
        #expect(Self.short(batcher.timerFired()) == "send ab")
        #expect(Self.short(batcher.add(Self.spans("cdefg"))) == "nothing")
        #expect(Self.short(batcher.accepted()) == "send cde")
        #expect(Self.short(batcher.accepted()) == "arm 2.0 seconds")
        #expect(Self.short(batcher.timerFired()) == "send fg")
        #expect(Self.short(batcher.accepted()) == "nothing")
        #expect(batcher.isEmpty && batcher.exported == 7 && batcher.lost == 0)
    }

    @Test(
        "a collector that is away is asked again with longer pauses, then the batch is given up and counted"
    )
    mutating func retries() {
        #expect(Self.short(batcher.add(Self.spans("abc"))) == "send abc")
        #expect(Self.short(batcher.unreachable()) == "retry in 1.0 seconds")
        #expect(Self.short(batcher.retry()) == "send abc")
        #expect(Self.short(batcher.unreachable()) == "retry in 2.0 seconds")
        #expect(Self.short(batcher.retry()) == "send abc")
        #expect(Self.short(batcher.unreachable()) == "nothing")
        #expect(batcher.lost == 3 && batcher.exported == 0 && batcher.isEmpty)
    }

    @Test("what a collector refuses is not sent again")
    mutating func refused() {
        _ = batcher.add(Self.spans("abcd"))
        #expect(Self.short(batcher.refused()) == "arm 2.0 seconds")
        #expect(batcher.lost == 3)
    }

    @Test("more than there is room for is dropped and counted, and nobody waits")
    mutating func full() {
        _ = batcher.add(Self.spans("abc"))
        #expect(Self.short(batcher.add(Self.spans("defghijk"))) == "nothing")
        #expect(batcher.lost == 2)
    }

    @Test("at the end everything goes at once, with one try")
    mutating func drain() {
        _ = batcher.add(Self.spans("a"))
        #expect(Self.short(batcher.drain()) == "send a")
        #expect(Self.short(batcher.timerFired()) == "nothing")
        #expect(Self.short(batcher.unreachable()) == "nothing")
        #expect(batcher.isEmpty && batcher.lost == 1)
        #expect(Self.short(batcher.retry()) == "nothing")
    }
}
