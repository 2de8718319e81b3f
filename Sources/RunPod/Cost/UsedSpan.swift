/// A span of time in which a server worked, as an access log tells it.
package struct UsedSpan: Sendable, Equatable {
    package var server: String
    /// Seconds, on one clock for all spans.
    package var begin: Double
    package var end: Double

    package init(server: String, begin: Double, end: Double) {
        self.server = server
        self.begin = begin
        self.end = end
    }
}
