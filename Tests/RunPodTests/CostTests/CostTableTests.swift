import RoostJSON
import RunPod
import Testing

@Suite("What use costs")
struct CostTableTests {
    @Test(
        "calls that come while the worker is warm begin no new one; each life is paid with its cold start and its idle time"
    )
    func lives() {
        let spans = [(0.0, 1.0), (5, 6), (100, 101)].map { UsedSpan(server: "a", begin: $0.0, end: $0.1) }
        let table = CostTable(spans, price: 2, coldStart: 3, idleTimeout: 10)
        // 0 to 6 with 3 before and 10 after, and 100 to 101 with the same.
        #expect(
            table.servers
                == [table.shared].map { row in
                    var row = row
                    row.server = "a"
                    return row
                }
        )
        #expect(
            table.shared.starts == 2 && table.shared.busySeconds == 3 && table.shared.paidSeconds == 19 + 14
        )
        #expect(table.shared.cost == 66 && table.saving == 0)
    }

    @Test("one image pays what overlaps once") func shared() {
        let spans = ["a", "b", "c", "d"].map { UsedSpan(server: $0, begin: 0, end: 10) }
        let table = CostTable(spans, price: 1, coldStart: 0, idleTimeout: 10)
        #expect(table.servers.map(\.paidSeconds) == [20, 20, 20, 20] && table.shared.paidSeconds == 20)
        #expect(table.separateCost == 80 && table.saving == 0.75)
    }

    @Test("without any use nothing costs anything") func nothing() {
        let table = CostTable([], price: 1, coldStart: 1, idleTimeout: 1)
        #expect(table.servers.isEmpty && table.shared.cost == 0 && table.saving == 0)
    }

    @Test("a line of the access log tells when its call began") func line() throws {
        let text = #"{"time":"2026-07-28T09:30:00.250Z","event":"call","plugin":"memory","duration_ms":250}"#
        let span = try #require(AccessLogUse.span(try JSONValue(parsing: text)))
        #expect(span == UsedSpan(server: "memory", begin: 1_785_231_000, end: 1_785_231_000.25))
        #expect(AccessLogUse.span(["event": "audit", "time": "2026-07-28T09:30:00.250Z"]) == nil)
    }

    @Test(
        "times are read over leap days and turns of the year",
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0.0), ("2000-02-29T12:00:00Z", 951_825_600),
            ("2026-01-01T00:00:00.5Z", 1_767_225_600.5),
            ("2024-12-31T23:59:59Z", 1_735_689_599),
        ]
    )
    func times(_ text: String, _ seconds: Double) { #expect(AccessLogUse.seconds(text) == seconds) }

    @Test(
        "what is no time is none",
        arguments: ["", "yesterday", "2026-13-01T00:00:00Z", "2026-07-28 09:30:00Z", "2026-07-28T09:30Z"]
    )
    func noTimes(_ text: String) { #expect(AccessLogUse.seconds(text) == nil) }
}
