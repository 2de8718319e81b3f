import Testing

@Suite("The reader of queries")
struct PromQLTests {
    @Test(
        "finds metrics and nothing else",
        arguments: [
            ("sum by (server) (rate(a_total{b=\"c\"}[5m])) / sum(d) > 0.05", ["a_total", "d"]),
            (
                "histogram_quantile(0.99, sum by (le) (rate(x_bucket{i=~\"$i\"}[$__rate_interval])))",
                ["x_bucket"]
            ),
            ("increase(a[1m]) > 0 or vector(0) == bool b", ["a", "b"]), ("up", ["up"]),
        ]
    )
    func names(_ expression: String, _ names: [String]) {
        #expect(PromQL.names(in: expression) == Set(names))
    }

    @Test("reads rules on one line and on several") func rules() {
        let text =
            "- alert: A\n  expr: a > 0\n  for: 1m\n- alert: B\n  expr: |\n    b\n      / c\n  labels: {}\n"
        #expect(PromQL.expressions(inRules: text) == ["a > 0", " b / c"])
    }
}
