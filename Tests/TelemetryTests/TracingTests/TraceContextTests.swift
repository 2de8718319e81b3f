import Telemetry
import Testing

@Suite("W3C trace context is read and written")
struct TraceContextTests {
    private static let id = "0af7651916cd43dd8448eb211c80319c"

    @Test("a traceparent of version 00 comes out as it went in")
    func roundTrip() throws {
        let text = "00-\(Self.id)-00f067aa0ba902b7-01"
        let context = try #require(TraceContext(traceparent: text, tracestate: "a=1,b=2"))
        #expect(context.traceparent == text && "\(context.traceID)" == Self.id)
        #expect(context.isSampled && context.state == "a=1,b=2")
        #expect(TraceContext(traceparent: "00-\(Self.id)-00f067aa0ba902b7-00")?.isSampled == false)
    }

    @Test("of a later version what 00 knows is read; of the flags only the one it knows")
    func later() {
        let text = "cc-\(Self.id)-00f067aa0ba902b7-03-what-the-future-brings"
        #expect(TraceContext(traceparent: text)?.traceparent == "00-\(Self.id)-00f067aa0ba902b7-01")
    }

    @Test(
        "what is malformed begins a new trace",
        arguments: [
            "", "00", "00-\(id)-00f067aa0ba902b7", "00-\(id)-00f067aa0ba902b7-1",
            "00-\(id)-00f067aa0ba902b7-01-more", "cc-\(id)-00f067aa0ba902b7-01more",
            "ff-\(id)-00f067aa0ba902b7-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-\(id)-0000000000000000-01", "00-0AF7651916CD43DD8448EB211C80319C-00f067aa0ba902b7-01",
            "00_\(id)-00f067aa0ba902b7-01", "00-\(id)-00f067aa0ba902bg-01", " 00-\(id)-00f067aa0ba902b7-01",
        ]
    )
    func malformed(_ text: String) { #expect(TraceContext(traceparent: text) == nil) }

    @Test("a tracestate that could not travel in a header is left behind")
    func state() {
        let parent = "00-\(Self.id)-00f067aa0ba902b7-01"
        for state in ["", "a=1\r\nx: y", String(repeating: "a", count: 513)] {
            #expect(TraceContext(traceparent: parent, tracestate: state)?.state == nil)
        }
    }
}
