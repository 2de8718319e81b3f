/// What a metric measures; decides how it is written.
enum MetricKind: String, Sendable {
    /// Only rises, but for a restart of the host.
    case counter
    /// Goes up and down.
    case gauge
    /// Observations in buckets, with their sum.
    case histogram
}
