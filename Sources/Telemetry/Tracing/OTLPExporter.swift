import Dispatch
package import OutboundHTTP
import RoostJSON

/// Sends spans to a collector by OTLP over HTTP, as JSON.
package struct OTLPExporter: SpanExporter {
    private let url: String
    private let headers: [(name: String, value: String)]
    private let client: any OutboundClient
    private let encoding: SpanEncoding
    /// Encoding a full batch takes about a millisecond, which no event loop should lose.
    private let queue = DispatchQueue(label: "roost.tracing")

    /// Makes an exporter for one collector.
    ///
    /// `endpoint`: the collector's base address, such as http://127.0.0.1:4318; /v1/traces is added where it is missing.
    /// `resource`: what every batch says of this host, service.name among it.
    package init(
        endpoint: String,
        headers: [(name: String, value: String)],
        resource: [(String, Span.Attribute)],
        version: String,
        client: any OutboundClient
    ) {
        var base = endpoint
        while base.hasSuffix("/") { base.removeLast() }
        url = base.hasSuffix("/v1/traces") ? base : base + "/v1/traces"
        self.headers = [("content-type", "application/json")] + headers
        self.client = client
        encoding = SpanEncoding(resource: resource, version: version)
    }

    package func export(_ spans: [Span], _ done: @escaping @Sendable (SpanExportOutcome) -> Void) {
        queue.async {
            var request = OutboundRequest(url)
            request.method = "POST"
            request.headers = headers
            request.body = encoding.bytes(spans)
            request.timeout = .seconds(10)
            request.maximumBody = 1_000_000
            client.send(request) { done(Self.outcome(of: $0)) }
        }
    }

    /// Which answers are worth another try stands in the OTLP specification, "OTLP/HTTP Response".
    static func outcome(of answer: Result<OutboundResponse, OutboundFailure>) -> SpanExportOutcome {
        switch answer {
        case .success(let response) where (200..<300).contains(response.status): return .accepted
        case .success(let response):
            let text = String(decoding: response.body.prefix(200), as: UTF8.self)
            let sentence = "the collector answered \(response.status): \(text)"
            return [429, 502, 503, 504].contains(response.status)
                ? .unreachable(sentence) : .refused(sentence)
        case .failure(let failure):
            return failure.cause == .refused ? .refused(failure.message) : .unreachable(failure.message)
        }
    }
}
