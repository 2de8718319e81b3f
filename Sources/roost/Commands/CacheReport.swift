import RoostJSON

/// The statistics of a cache as a person reads them.
enum CacheReport {
    private static let columns = [
        "entries", "bytes", "hit_memory", "hit_shared", "hit_object", "stale", "joined", "miss", "bypass",
        "stores", "invalidations",
    ]

    static func text(_ report: JSONValue) -> String {
        let memory = report["memory"]
        func number(_ key: String) -> Int64 { memory?[key]?.integer ?? 0 }
        var lines = [
            "memory: \(number("entries")) answers, \(number("bytes")) of \(number("capacity")) bytes, "
                + "\(number("evictions")) made room, \(number("flights")) being fetched"
        ]
        for level in report["levels"]?.array ?? [] {
            let name = level["level"]?.string ?? ""
            let rest = (level.object?.members ?? []).filter { $0.key != "level" }
            lines.append("\(name): " + rest.map { "\($0.key) \($0.value.text)" }.joined(separator: ", "))
        }
        let plugins = report["plugins"]?.object?.members ?? []
        guard !plugins.isEmpty else { return lines.joined(separator: "\n") }
        let rows =
            [["plugin"] + columns]
            + plugins.map { alias, counts in [alias] + columns.map { counts[$0]?.text ?? "0" } }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).enumerated().map { index, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + blanks : blanks + cell.0
            }
            lines.append(cells.joined(separator: "  "))
        }
        return lines.joined(separator: "\n")
    }
}
