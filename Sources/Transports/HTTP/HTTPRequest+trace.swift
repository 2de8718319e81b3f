import Telemetry

extension HTTPRequest {
    /// The trace the headers name; nil when they name none, or none that can be read.
    ///
    /// Two traceparent headers are none: nobody could say which one is right. Several lines of tracestate are one list.
    var trace: TraceContext? {
        let parents = values(of: .traceparent)
        guard parents.count == 1 else { return nil }
        let states = values(of: .tracestate)
        return TraceContext(
            traceparent: parents[0],
            tracestate: states.isEmpty ? nil : states.joined(separator: ",")
        )
    }
}
