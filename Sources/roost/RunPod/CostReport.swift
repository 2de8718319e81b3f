import RoostJSON
import RunPod

/// A table of costs, for a person or a program.
struct CostReport {
    private let table: CostTable

    init(_ table: CostTable) { self.table = table }

    func text(pricePerHour: Double) -> String {
        let rows =
            [["server", "calls", "busy s", "starts", "paid s", "cost"]]
            + table.servers.map(Self.fields)
            + [["an endpoint for each", "", "", "", "", Figure.decimal(table.separateCost, places: 4)]]
            + [Self.fields(table.shared)]
        let widths = (0..<6).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.enumerated().map { place, text in
                let blanks = String(repeating: " ", count: widths[place] - text.count)
                return place == 0 ? text + blanks : blanks + text
            }
            .joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
            + "\none image saves \(Figure.decimal(table.saving * 100, places: 1)) %, at \(Figure.decimal(pricePerHour, places: 4)) an hour for a worker"
    }

    var json: JSONValue {
        [
            "servers": .array(table.servers.map(Self.object)), "shared": Self.object(table.shared),
            "separateCost": .number(table.separateCost), "saving": .number(table.saving),
        ]
    }

    private static func fields(_ row: CostTable.Row) -> [String] {
        [
            row.server, "\(row.calls)", Figure.decimal(row.busySeconds, places: 1), "\(row.starts)",
            Figure.decimal(row.paidSeconds, places: 0), Figure.decimal(row.cost, places: 4),
        ]
    }

    private static func object(_ row: CostTable.Row) -> JSONValue {
        [
            "server": .string(row.server), "calls": .integer(Int64(row.calls)),
            "busySeconds": .number(row.busySeconds),
            "starts": .integer(Int64(row.starts)), "paidSeconds": .number(row.paidSeconds),
            "cost": .number(row.cost),
        ]
    }
}
