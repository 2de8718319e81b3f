/// The upper bounds of a histogram's buckets, the last bucket having none.
struct HistogramBounds: Sendable, Equatable {
    let values: [Double]

    /// At most ``HistogramSeries/capacity`` of them count; they rise.
    init(_ values: [Double]) { self.values = Array(values.prefix(HistogramSeries.capacity - 1)) }

    /// From 50 µs, what a call in the host's own process takes, to the minute where a client has long given up.
    static let seconds = HistogramBounds([
        0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
        10, 30, 60,
    ])
    /// From 64 bytes to 64 MiB, four times as much with every step.
    static let bytes = HistogramBounds((0...10).map { Double(64 << (2 * $0)) })
    /// One, two and five of every power of ten up to a million.
    static let counts = HistogramBounds([
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000,
        500_000, 1_000_000,
    ])

    /// What suits a metric, by the unit its name ends with.
    static func suited(to family: String) -> HistogramBounds {
        switch MetricName.unit(of: family) {
        case "seconds": .seconds
        case "bytes": .bytes
        default: .counts
        }
    }
}
