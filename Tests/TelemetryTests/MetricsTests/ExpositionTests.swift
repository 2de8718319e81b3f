import CoreMetrics
import Telemetry
import Testing

@Suite("Metrics are written")
struct ExpositionTests {
    private func text(_ format: ExpositionFormat) -> String {
        let registry = MetricsRegistry()
        Counter(label: "mcp_requests_total", dimensions: [("server", "a\"b\\c\nd")], factory: registry)
            .increment()
        Timer(label: "mcp_request_duration_seconds", dimensions: [], factory: registry)
            .recordNanoseconds(0)
        Meter(label: "9 lives!", dimensions: [("is-odd", "1")], factory: registry).set(Double.infinity)
        return ExpositionWriter.text(registry.samples(), as: format)
    }

    @Test("as Prometheus text 0.0.4: a counter is described by the name of its samples")
    func prometheus() {
        let text = text(.prometheus)
        #expect(text.contains("# HELP mcp_requests_total Calls"))
        #expect(text.contains("\n# TYPE mcp_requests_total counter\n"))
        #expect(text.contains(#"mcp_requests_total{server="a\"b\\c\nd"} 1"#))
        #expect(text.contains("# TYPE _9_lives_ gauge\n_9_lives_{is_odd=\"1\"} +Inf\n"))
        #expect(!text.contains("# EOF") && !text.contains("# UNIT"))
        #expect(text.hasSuffix("\n"))
    }

    @Test("as OpenMetrics 1.0: a counter's family has no suffix, units are said, and the end is marked")
    func openMetrics() {
        let text = text(.openMetrics)
        #expect(text.contains("# TYPE mcp_requests counter\n"))
        #expect(text.contains("mcp_requests_total{"))
        #expect(text.contains("# UNIT mcp_request_duration_seconds seconds\n"))
        #expect(text.hasSuffix("\n# EOF\n"))
    }

    @Test(
        "who asks for OpenMetrics gets it, everybody else gets plain text",
        arguments: [
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                true
            ),
            ("application/openmetrics-text", true),
            ("Application/OpenMetrics-Text; Version=1.0.0; charset=utf-8", true),
            ("application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.9", false),
            ("application/openmetrics-text;version=0.0.1", false),
            ("application/openmetrics-text;q=0", false),
            ("text/plain", false), ("*/*", false), ("application/json", false), ("", false),
        ]
    )
    func negotiation(_ accept: String, _ isOpenMetrics: Bool) {
        #expect(ExpositionFormat(accept: [accept]) == (isOpenMetrics ? .openMetrics : .prometheus))
        #expect(ExpositionFormat(accept: []) == .prometheus)
    }
}
