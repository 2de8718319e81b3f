/// The host's HTTP client: libcurl on one thread, with one pool of connections for everybody.
///
/// ```
/// send, stream ──▶ Fetch ──▶ RequestJourney: redirects, repetitions, egress, attached fields, signature
///                    │  hops
///                    ▼
///                 CurlEngine ──▶ libcurl: names, connections, TLS, HTTP/1.1 and 2
/// ```
///
/// Answers come on its thread, which must never wait.
package final class CurlClient: OutboundStreaming {
    private let engine: CurlEngine

    /// Loads libcurl and starts the thread.
    package init(_ settings: ClientSettings = ClientSettings()) throws(OutboundFailure) {
        engine = try CurlEngine(settings)
    }

    deinit { engine.stop() }

    /// Ends every request under way and takes no other.
    package func stop() { engine.stop() }

    @discardableResult
    package func send(
        _ request: OutboundRequest,
        _ answer: @escaping @Sendable (Result<OutboundResponse, OutboundFailure>) -> Void
    ) -> any OutboundTransfer {
        let fetch = Fetch(request, upload: nil, .whole(answer), on: engine)
        fetch.begin()
        return fetch
    }

    package func stream(
        _ request: OutboundRequest,
        upload: OutboundUpload?,
        to receiver: any OutboundReceiver
    ) -> any OutboundStream {
        let fetch = Fetch(request, upload: upload, .pieces(receiver), on: engine)
        fetch.begin()
        return fetch
    }
}
