import EventWaiting
import RoostJSON
import Subprocess
import Testing

@Suite("GET /metrics", .timeLimit(.minutes(10)))
struct MetricsTests {
    /// The host of this suite, after calls that went well and one that did not.
    private static let called = Task {
        let host = try await TelemetryHost.start("access_log: { to: ./access.log }")
        for _ in 0..<3 { _ = try await host.call("add", ["a": 2, "b": 3]) }
        _ = try await host.call("add", ["a": "two"])
        let memory = ModernClient(port: host.host.port, path: "/mcp/memory")
        let request = memory.request("tools/call", ["name": "read_graph", "arguments": [:]])
        _ = try await HTTPConnection.exchange(request.http, port: host.host.port)
        return host.host
    }

    @Test("counts calls, messages, connections and what plugins take") func values() async throws {
        let scrape = try await Scrape(port: Self.called.value.port)
        #expect(scrape.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(scrape.sum("mcp_requests_total", #"server="echo",action="add""#) == 4)
        #expect(scrape.sum("mcp_requests_total", #"server="memory",action="read_graph""#) == 1)
        #expect(scrape.sum("mcp_request_duration_seconds_count", #"server="echo""#) == 4)
        #expect(scrape.sum("roost_call_outcomes_total", #"server="echo",outcome="ok""#) == 3)
        #expect(scrape.sum("roost_call_refusals_total", #"server="echo",policy="validation""#) == 1)
        #expect(scrape.sum("active_workers") == 0 && scrape.sum("queue_length") == 0)
        #expect(scrape.sum("roost_mcp_requests_total", #"method="tools/call",era="modern""#) == 5)
        #expect(scrape.sum("roost_http_requests_total", #"area="mcp",status="2xx""#) == 5)
        #expect(scrape.sum("roost_http_connections_total") >= 6)
        #expect(scrape.sum("roost_http_open_connections") >= 1)
        #expect(scrape.sum("roost_plugin_state", #"server="memory",state="running""#) == 1)
        #expect(scrape.sum("roost_plugin_resident_memory_bytes", #"server="memory""#) > 1_000_000)
        #expect(scrape.sum("process_resident_memory_bytes") > 1_000_000)
        #expect(scrape.sum("process_start_time_seconds") > 1_700_000_000)
        #expect(scrape.kinds["roost_metrics_conflicts_total"] == nil, "\(scrape.text)")
    }

    @Test("speaks OpenMetrics to who asks for it, and is GET or HEAD") func forms() async throws {
        let port = try await Self.called.value.port
        let open = try await Scrape(port: port, accept: "application/openmetrics-text;version=1.0.0")
        #expect(open.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(open.text.hasSuffix("# EOF\n") && open.kinds["mcp_requests"] == "counter")
        let post = try await HTTPConnection.exchange(
            HTTPRequest(method: "POST", target: "/metrics"),
            port: port
        )
        #expect(post.status == 405 && post.head["Allow"] == "GET, HEAD, OPTIONS", post.exchange)
        let head = try await HTTPConnection.exchange(
            HTTPRequest(method: "HEAD", target: "/metrics"),
            port: port
        )
        #expect(head.status == 200 && head.body.isEmpty, head.exchange)
    }

    @Test("is what Documentation/Metrics.md says: names, types and labels") func documentation() async throws
    {
        let scrape = try await Scrape(port: Self.called.value.port)
        let rows = DocumentedMetric.all
        #expect(rows.count > 30)
        let documented = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
        #expect(documented.count == rows.count, "a metric has two rows")
        for (name, kind) in scrape.kinds.sorted(by: { $0.key < $1.key }) {
            guard let row = documented[name] else {
                Issue.record("\(name) is not in Documentation/Metrics.md")
                continue
            }
            #expect(row.kind == kind, "\(name)")
            #expect(Set(row.labels) == scrape.labelNames(of: name), "\(name)")
        }
        for row in rows where !row.isOptional {
            #expect(scrape.kinds[row.name] != nil, "\(row.name) is documented and not there")
        }
    }

    @Test("has what the dashboard and the alerts ask for") func deployment() async throws {
        let scrape = try await Scrape(port: Self.called.value.port)
        let known = scrape.names.union(DocumentedMetric.all.filter(\.isOptional).map(\.name)).union(["up"])
        let dashboard = try JSONValue(parsing: ProjectFiles.text("Deployment/grafana/roost.json"))
        let panels = PromQL.expressions(in: dashboard)
        let alerts = PromQL.expressions(inRules: ProjectFiles.text("Deployment/prometheus/alerts.yml"))
        #expect(panels.count > 20 && alerts.count > 5)
        for expression in panels + alerts {
            let names = PromQL.names(in: expression)
            #expect(!names.isEmpty, "\(expression)")
            for name in names { #expect(known.contains(name), "\(name) in \(expression)") }
        }
    }

    @Test("pleases promtool, as do the files of the deployment", .enabled(if: Prometheus.isInstalled))
    func promtool() async throws {
        let scrape = try await Scrape(port: Self.called.value.port)
        try await TemporaryDirectory.with { directory in
            try TextFile.write(scrape.text, to: directory + "/metrics")
            let folder = ProjectFiles.root + "/Deployment/prometheus"
            for command in [
                "promtool check metrics <'\(directory)/metrics'",
                "promtool check rules '\(folder)/alerts.yml'",
                "promtool check config '\(folder)/scrape.yml'",
            ] {
                let run = try await Subprocess.run(
                    .name("sh"),
                    arguments: ["-c", "timeout 60 \(command) 2>&1"],
                    output: .string(limit: 1 << 16)
                )
                #expect(run.terminationStatus.isSuccess, "\(command): \(run.standardOutput)")
            }
        }
    }

    @Test("is scraped by Prometheus itself", .enabled(if: Prometheus.isInstalled))
    func prometheus() async throws {
        let port = try await Self.called.value.port
        try await Prometheus.scraping(port: port) { prometheus in
            let calls = try await poll(
                for: "the calls in Prometheus: \(prometheus.log)"
            ) {
                try await prometheus.query(#"sum(mcp_requests_total{server="echo",action="add"})"#)
            }
            #expect(calls == 4)
            #expect(try await prometheus.query(#"up{job="roost"}"#) == 1)
            let quantile = "histogram_quantile(0.5, sum by (le) (mcp_request_duration_seconds_bucket))"
            #expect(try await prometheus.query(quantile) ?? 0 > 0)
            #expect(try await prometheus.query("count(ALERTS{alertstate=\"firing\"}) or vector(0)") == 0)
        }
    }
}
