/// What a series shows at one moment.
enum MetricValue: Sendable, Equatable {
    case integer(Int64)
    case number(Double)
    /// Observations by bucket, the last one without a bound; not cumulative.
    case histogram(bounds: [Double], counts: [UInt64], sum: Double)
}
