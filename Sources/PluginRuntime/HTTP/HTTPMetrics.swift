import CoreMetrics
import OutboundHTTP

/// The figures of one plugin's requests, by the entry of its egress list they fall under: as many labels as host.yaml has lines.
struct HTTPMetrics: Sendable {
    private struct Upstream: Sendable {
        var outcomes: [Counter]
        var seconds: Timer
    }

    /// Classes of statuses, then causes of failures.
    private static let outcomes =
        ["1xx", "2xx", "3xx", "4xx", "5xx"] + OutboundFailure.Cause.allCases.map(\.rawValue)

    private let upstreams: [Upstream]
    /// Requests to places that no entry allows.
    private let unlisted: Upstream
    private let open: Meter
    private let bytes: Counter

    init(alias: String, upstreams names: [String], factory: any MetricsFactory) {
        func upstream(_ name: String) -> Upstream {
            let labels = [("server", alias), ("upstream", name)]
            return Upstream(
                outcomes: Self.outcomes.map {
                    Counter(
                        label: "roost_http_client_requests_total",
                        dimensions: labels + [("outcome", $0)],
                        factory: factory
                    )
                },
                seconds: Timer(label: "roost_http_client_seconds", dimensions: labels, factory: factory)
            )
        }
        upstreams = names.map(upstream)
        unlisted = upstream("other")
        open = Meter(label: "roost_http_client_open", dimensions: [("server", alias)], factory: factory)
        bytes = Counter(
            label: "roost_http_client_received_bytes_total",
            dimensions: [("server", alias)],
            factory: factory
        )
    }

    func began() { open.increment() }
    func ended() { open.decrement() }
    func received(_ count: Int) { bytes.increment(by: count) }

    func answered(_ upstream: Int?, _ status: Int, after duration: Duration, received count: Int) {
        let outcome = min(max(status / 100, 1), 5) - 1
        record(upstream, outcome, duration)
        received(count)
    }

    func failed(_ upstream: Int?, _ cause: OutboundFailure.Cause, after duration: Duration) {
        let index = OutboundFailure.Cause.allCases.firstIndex(of: cause) ?? 0
        record(upstream, 5 + index, duration)
    }

    private func record(_ index: Int?, _ outcome: Int, _ duration: Duration) {
        let upstream = index.map { upstreams[$0] } ?? unlisted
        upstream.outcomes[outcome].increment()
        let (seconds, attoseconds) = duration.components
        upstream.seconds.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
