import RoostJSON

/// The report of GET /admin/status as a person reads it: a line for each plugin, aligned, and a line more where something is wrong.
struct StatusTable {
    let report: JSONValue

    /// The text, with the codes of a terminal's colours where somebody looks.
    var text: String {
        let plugins = report["plugins"]?.array ?? []
        var rows = [
            [
                "PLUGIN", "STATUS", "SINCE", "PROCESS", "CPU", "MEMORY", "THREADS", "FILES", "CALLS", "TOTAL",
                "FAILED", "WAIT p50/p99", "RESTARTS", "RELOADS",
            ]
        ]
        rows += plugins.map(row)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = [headline, ""]
        for (number, row) in rows.enumerated() {
            let cells = row.enumerated().map { column, text in
                // Words to the left, figures to the right.
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column < 3 ? styled(text, column, number) + space : space + text
            }
            let line = cells.joined(separator: "  ")
            lines.append(number == 0 ? Terminal.dim(line) : line)
            if number > 0, let note = note(on: plugins[number - 1]) { lines.append("    " + note) }
        }
        return lines.joined(separator: "\n")
    }

    private var headline: String {
        let usage = report["usage"]
        return Terminal.bold("Roost \(report["version"]?.string ?? "")")
            + " \(report["status"]?.string ?? "") since \(report["since"]?.string ?? "")"
            + ", process \(figure(usage?["process"])), CPU \(seconds(usage?["cpuSeconds"])), memory \(size(usage?["residentBytes"]))"
    }

    private func row(_ plugin: JSONValue) -> [String] {
        let (usage, calls, wait) = (plugin["usage"], plugin["calls"], plugin["queueWait"])
        let shared = usage?["shared"]?.bool == true ? "*" : ""
        return [
            plugin["alias"]?.string ?? "", plugin["status"]?.string ?? "", plugin["since"]?.string ?? "-",
            figure(usage?["process"]) + shared, seconds(usage?["cpuSeconds"]), size(usage?["residentBytes"]),
            figure(usage?["threads"]), figure(usage?["openFiles"]),
            calls.map { "\(figure($0["inFlight"]))+\(figure($0["waiting"]))" } ?? "-",
            figure(calls?["total"]),
            figure(calls?["failed"]),
            wait.map { "\(span($0["p50Seconds"]))/\(span($0["p99Seconds"]))" } ?? "-",
            figure(plugin["restarts"]), figure(plugin["reloads"]),
        ]
    }

    private func styled(_ text: String, _ column: Int, _ row: Int) -> String {
        guard row > 0, column < 2 else { return text }
        if column == 0 { return Terminal.bold(text) }
        return ["quarantined", "stuck", "unavailable"].contains(text)
            ? Terminal.bad(text) : text == "running" ? Terminal.good(text) : text
    }

    private func note(on plugin: JSONValue) -> String? {
        if let reason = plugin["reason"]?.string { return reason }
        guard let crash = plugin["lastCrash"] else { return nil }
        let report = crash["report"]?.string.map { ", report \($0)" } ?? ""
        return "last crash \(crash["time"]?.string ?? ""): \(crash["reason"]?.string ?? "")\(report)"
    }

    private func figure(_ value: JSONValue?) -> String { value?.integer.map { "\($0)" } ?? "-" }

    private func seconds(_ value: JSONValue?) -> String {
        guard let value = value?.double else { return "-" }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }

    private func size(_ value: JSONValue?) -> String {
        value?.integer.map { "\(($0 + (1 << 19)) >> 20) MiB" } ?? "-"
    }

    private func span(_ value: JSONValue?) -> String {
        guard let microseconds = value?.double.map({ Int(($0 * 1e6).rounded()) }) else { return "-" }
        switch microseconds {
        case 0: return "0"
        case ..<1_000: return "\(microseconds)µs"
        case ..<1_000_000: return "\(microseconds / 1_000)ms"
        default: return "\(microseconds / 1_000_000)s"
        }
    }
}
