/// The two forms in which metrics are given out.
package enum ExpositionFormat: Sendable, Equatable {
    /// Prometheus text, version 0.0.4: what everybody reads.
    case prometheus
    /// OpenMetrics 1.0.
    case openMetrics

    /// What the response says it is.
    package var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// Chooses by the values of Accept; OpenMetrics only for who asks for it, and likes it at least as much as plain text.
    package init(accept values: [String]) {
        var openMetrics = 0.0
        var text = 0.0
        for range in values.joined(separator: ",").lowercased().split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            let quality = parts.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            switch parts.first {
            case "application/openmetrics-text":
                let version = parts.first { $0.hasPrefix("version=") }?.dropFirst("version=".count) ?? "1.0.0"
                if version == "1.0.0" { openMetrics = max(openMetrics, quality) }
            case "text/plain", "text/*", "*/*": text = max(text, quality)
            default: break
            }
        }
        self = openMetrics > 0 && openMetrics >= text ? .openMetrics : .prometheus
    }
}
