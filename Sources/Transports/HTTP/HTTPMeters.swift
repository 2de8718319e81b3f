import CoreMetrics
import NIOHTTP1

/// Counts connections, responses and bytes of HTTP.
final class HTTPMeters: Sendable {
    /// What an address is for, as far as metrics tell it apart.
    enum Area: Int, CaseIterable {
        case mcp, health, metrics, admin, other

        /// By the beginning of a request target, without taking it apart.
        init(_ target: String) {
            if target.hasPrefix("/mcp") || target.hasPrefix("/api/mcp") {
                self = .mcp
            } else if target.hasPrefix("/ping") || target.hasPrefix("/health") {
                self = .health
            } else if target.hasPrefix("/metrics") {
                self = .metrics
            } else if target.hasPrefix("/admin/") {
                self = .admin
            } else {
                self = .other
            }
        }
    }

    private static let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"]

    private let responses: [Counter]
    private let connections: Counter
    private let open: Meter
    private let requestBytes: Counter
    private let responseBytes: Counter

    init(metrics: any MetricsFactory = MetricsSystem.factory) {
        responses = Area.allCases.flatMap { area in
            Self.classes.map { status in
                Counter(
                    label: "roost_http_requests_total",
                    dimensions: [("area", "\(area)"), ("status", status)],
                    factory: metrics
                )
            }
        }
        connections = Counter(label: "roost_http_connections_total", dimensions: [], factory: metrics)
        open = Meter(label: "roost_http_open_connections", dimensions: [], factory: metrics)
        requestBytes = Counter(label: "roost_http_request_bytes_total", dimensions: [], factory: metrics)
        responseBytes = Counter(label: "roost_http_response_bytes_total", dimensions: [], factory: metrics)
    }

    func connected() {
        connections.increment()
        open.increment()
    }

    func disconnected() { open.decrement() }

    func received(bytes: Int) { if bytes > 0 { requestBytes.increment(by: Int64(bytes)) } }

    /// A response began.
    func answered(_ area: Area, _ status: HTTPResponseStatus) {
        let place = min(max(Int(status.code) / 100, 1), 5) - 1
        responses[area.rawValue * Self.classes.count + place].increment()
    }

    func sent(bytes: Int) { responseBytes.increment(by: Int64(bytes)) }
}
