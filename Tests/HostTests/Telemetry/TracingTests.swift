import EventWaiting
import Glibc
import RoostJSON
import Testing

@Suite("Traces", .timeLimit(.minutes(2)))
struct TracingTests {
    private static let hasCollector = access(ProjectFiles.python, X_OK) == 0
    private static let trace = "0af7651916cd43dd8448eb211c80319c"

    @Test(
        "reach a collector that knows OTLP, which first turns them away, in one tree from the caller down",
        .enabled(if: hasCollector, "needs .build/venv: Scripts/python-environments.sh makes it")
    )
    func collector() async throws {
        try await TemporaryDirectory.with { directory in
            let command = [
                ProjectFiles.python, ProjectFiles.root + "/Tests/Fixtures/Telemetry/otlp_collector.py",
                directory + "/address", directory + "/spans",
            ]
            try await SideProcess.with(command, log: directory + "/log") {
                let port = try await poll(
                    for: "the collector: \(TextFile.text(directory + "/log") ?? "")"
                ) {
                    TextFile.text(directory + "/address").flatMap { Int($0.filter { $0 != "\n" }) }
                }
                let host = try await TelemetryHost.start(
                    """
                    tracing:
                      endpoint: http://127.0.0.1:\(port)
                      headers: { x-collector-key: k3y-of-the-collector }
                    """
                )
                defer { host.host.stop() }
                try await Self.check(host, spans: directory + "/spans")
            }
        }
    }

    private static func check(_ host: TelemetryHost, spans path: String) async throws {
        let parent = "00-\(trace)-00f067aa0ba902b7-01"
        // The first call waits for the plugin's start.
        let first = try await host.call("add", ["a": 2, "b": 3], fields: [("traceparent", parent)])
        #expect(first.status == 200, first.exchange)
        // What stands in _meta counts before the header.
        let elsewhere = "00-11111111111111111111111111111111-2222222222222222-01"
        _ = try await host.call(
            "echo",
            ["text": "hi"],
            meta: ["traceparent": .string(parent), "tracestate": "vendor=1"],
            fields: [("traceparent", elsewhere)]
        )
        let spans = try await poll(for: "the spans of two calls; \(host.host.log)") {
            let spans = try (TextFile.text(path) ?? "").split(separator: "\n")
                .map { try JSONValue(parsing: String($0)) }
            return spans.count { $0["kind"] == 2 || $0["fault"] != nil } >= 2 ? spans : nil
        }
        #expect(spans.allSatisfy { $0["fault"] == nil && $0["traceId"] == .string(trace) }, "\(spans)")
        for name in ["tools/call add", "tools/call echo"] {
            let request = try #require(spans.first { $0["name"] == .string(name) && $0["kind"] == 2 })
            let call = try #require(spans.first { $0["name"] == .string(name) && $0["kind"] == 3 })
            #expect(request["parentSpanId"] == "00f067aa0ba902b7", "\(spans)")
            #expect(call["parentSpanId"] == request["spanId"], "\(spans)")
        }
        let queue = try #require(spans.first { $0["name"] == "queue" }, "\(spans)")
        #expect(spans.contains { $0["kind"] == 3 && $0["spanId"] == queue["parentSpanId"] }, "\(spans)")
        #expect(spans.contains { $0["traceState"] == "vendor=1" }, "\(spans)")
        // The collector has them a moment before the host hears that it does.
        let scrape = try await poll(for: "the count of the spans") {
            let scrape = try await Scrape(port: host.host.port)
            return scrape.sum("roost_tracing_spans_total", #"result="exported""#) >= 4 ? scrape : nil
        }
        #expect(scrape.sum("roost_tracing_spans_total", #"result="lost""#) == 0)
    }

    @Test("whose collector is away hold nobody up, and are counted when they are lost")
    func away() async throws {
        let host = try await TelemetryHost.start("tracing: { endpoint: \"http://127.0.0.1:9\" }")
        defer { host.host.stop() }
        for _ in 0..<20 {
            let reply = try await host.call("add", ["a": 2, "b": 3])
            #expect(reply.status == 200, reply.exchange)
        }
        _ = try await poll(for: "a warning about the collector") {
            host.host.log.contains("traces do not reach the collector") ? true : nil
        }
    }
}
