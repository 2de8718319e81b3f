/// All series of one metric, and how many there may be.
struct MetricFamily {
    /// A series and the number of handles that were given out for it.
    private struct Entry {
        var series: any MetricSeries
        var handles = 1
    }

    let kind: MetricKind
    /// Requests for a series that were answered with the one of the label value `other`.
    private(set) var overflows: Int64 = 0
    private var entries: [MetricLabels: Entry] = [:]

    init(_ kind: MetricKind) { self.kind = kind }

    /// The series with these labels, made when it is new.
    ///
    /// Beyond `limit` series a new one shares the series whose label values are all `other`, so that a caller that makes labels
    /// out of what clients send cannot fill the memory.
    mutating func series<Series: MetricSeries>(
        _ labels: MetricLabels,
        limit: Int,
        _ make: () -> Series
    ) -> Series? {
        var labels = labels
        if entries[labels] == nil, entries.count >= limit, !labels.names.isEmpty {
            overflows += 1
            labels = labels.other
        }
        guard var entry = entries[labels] else {
            let series = make()
            entries[labels] = Entry(series: series)
            return series
        }
        entry.handles += 1
        entries[labels] = entry
        return entry.series as? Series
    }

    /// One handle less; the series goes with its last one.
    mutating func release(_ series: AnyObject) {
        guard let (labels, entry) = entries.first(where: { $0.value.series === series }) else { return }
        entries[labels] = entry.handles > 1 ? Entry(series: entry.series, handles: entry.handles - 1) : nil
    }

    var all: [(labels: MetricLabels, series: any MetricSeries)] { entries.map { ($0.key, $0.value.series) } }
}
