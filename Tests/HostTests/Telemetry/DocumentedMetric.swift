/// A row of the tables in Documentation/Metrics.md.
struct DocumentedMetric: Sendable {
    let name: String
    let kind: String
    let labels: [String]
    /// True where the metric need not be there: its section says when it is.
    let isOptional: Bool

    static let all: [DocumentedMetric] = {
        var rows: [DocumentedMetric] = []
        var section = ""
        for line in ProjectFiles.text("Documentation/Metrics.md").split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard line.hasPrefix("| `") else { continue }
            let cells = line.split(separator: "|").map { String($0) }
            guard cells.count >= 4, let name = quoted(cells[0]).first else { continue }
            rows.append(
                DocumentedMetric(
                    name: name,
                    kind: cells[1].filter { $0 != " " },
                    labels: quoted(cells[2]),
                    isOptional: section.hasPrefix("When ")
                )
            )
        }
        return rows
    }()

    /// The words between backquotes.
    private static func quoted(_ cell: String) -> [String] {
        cell.matches(of: /`([^`]+)`/).map { String($0.1) }
    }
}
