/// What use costs when every server has an endpoint of its own, and what it costs when one image serves them all.
///
/// A worker of a serverless endpoint is paid from its start to the end of its idle timeout, rounded up to a second. So a server
/// pays for its spans, each lengthened by the cold start before it and the idle timeout after it, with what overlaps paid once;
/// one shared image pays for the union of all servers' spans. One worker that does its calls side by side is assumed, for the
/// servers alone as for all together.
package struct CostTable: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        package var server: String
        package var calls: Int
        /// Seconds in which at least one call ran.
        package var busySeconds: Double
        /// Seconds that are paid.
        package var paidSeconds: Double
        package var starts: Int
        package var cost: Double
    }

    /// Each server with an endpoint of its own, the dearest first.
    package let servers: [Row]
    /// All of them in one image.
    package let shared: Row

    /// What the endpoints of the servers cost together.
    package var separateCost: Double { servers.reduce(0) { $0 + $1.cost } }

    /// What one image saves, from 0 to 1; 0 without any use.
    package var saving: Double { separateCost > 0 ? 1 - shared.cost / separateCost : 0 }

    /// Computes the table.
    ///
    /// `price`: of a worker, a second. `coldStart` and `idleTimeout` in seconds.
    package init(_ spans: [UsedSpan], price: Double, coldStart: Double, idleTimeout: Double) {
        func row(_ server: String, _ spans: [UsedSpan]) -> Row {
            let sorted = spans.map { ($0.begin, max($0.begin, $0.end)) }.sorted { $0 < $1 }
            let busy = Self.union(sorted, joining: 0).reduce(0) { $0 + ($1.1 - $1.0) }
            // A call that comes within the idle timeout finds the worker warm.
            let lives = Self.union(sorted, joining: idleTimeout)
            let paid = lives.reduce(0) { $0 + ($1.1 - $1.0 + coldStart + idleTimeout).rounded(.up) }
            return Row(
                server: server,
                calls: spans.count,
                busySeconds: busy,
                paidSeconds: paid,
                starts: lives.count,
                cost: paid * price
            )
        }
        servers = Dictionary(grouping: spans, by: \.server).map { row($0.key, $0.value) }
            .sorted { ($1.cost, $0.server) < ($0.cost, $1.server) }
        shared = row("one image", spans)
    }

    /// Spans that overlap or stand nearer than `gap`, joined; `sorted` by their beginning.
    private static func union(_ sorted: [(Double, Double)], joining gap: Double) -> [(Double, Double)] {
        var joined: [(Double, Double)] = []
        for span in sorted {
            if let last = joined.last, span.0 <= last.1 + gap {
                joined[joined.count - 1].1 = max(last.1, span.1)
            } else {
                joined.append(span)
            }
        }
        return joined
    }
}
