/// One line of numbers of a metric: what a handle adds to and a scrape reads.
protocol MetricSeries: AnyObject, Sendable {
    var value: MetricValue { get }
}
