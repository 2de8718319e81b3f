import Dispatch
import NIOHTTP1
package import Telemetry

/// GET /metrics: the host's metrics for Prometheus and its relatives.
///
/// A scrape reads files of /proc and writes some ten kilobytes of text, so it is done one at a time on a thread of its own and
/// never on a connection's event loop.
package struct MetricsEndpoint: Sendable {
    private let registry: MetricsRegistry
    private let queue = DispatchQueue(label: "roost.metrics")

    package init(_ registry: MetricsRegistry) { self.registry = registry }

    /// Answers a request; `authentication` says who may read the metrics.
    func handle(
        _ request: HTTPRequest,
        _ writer: HTTPResponseWriter,
        _ authentication: HTTPAuthentication
    ) -> (any InFlight)? {
        guard request.head.method == .GET || request.head.method == .HEAD else {
            writer.write(.text(.methodNotAllowed, "GET this address").with("allow", "GET, HEAD, OPTIONS"))
            return nil
        }
        let format = ExpositionFormat(accept: request.values(of: .accept))
        Task {
            if let refusal = await authentication.refusal(toOperator: request) {
                return writer.write(refusal)
            }
            queue.async { [registry] in
                let text = ExpositionWriter.text(registry.samples(), as: format)
                writer.write(
                    HTTPResponse(status: .ok, contentType: format.contentType, body: Array(text.utf8))
                        .with("vary", "Accept")
                )
            }
        }
        return Scrape()
    }
}

/// A scrape under way: it ends soon by itself.
private final class Scrape: InFlight {
    func keepAlive() {}
    func connectionClosed() {}
}
