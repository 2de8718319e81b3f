import Synchronization

/// The host's HTTP client: libcurl on one thread, with one pool of connections for everybody.
///
/// ```
/// send, stream ──▶ Fetch ──▶ RequestJourney: redirects, repetitions, egress, attached fields, signature
///                    │  hops
///                    ▼
///                 CurlEngine ──▶ libcurl: names, connections, TLS, HTTP/1.1 and 2
/// ```
///
/// The library and the thread come with the first request. Answers come on that thread, which must never wait, or where the
/// request was made when it cannot be sent at all.
package final class CurlClient: OutboundStreaming {
    private enum State {
        case unused
        case running(CurlEngine)
        case stopped
    }

    private let settings: ClientSettings
    private let state = Mutex(State.unused)

    package init(_ settings: ClientSettings = ClientSettings()) { self.settings = settings }

    deinit { stop() }

    /// Ends every request under way and takes no other.
    package func stop() {
        let engine = state.withLock { state -> CurlEngine? in
            defer { state = .stopped }
            if case .running(let engine) = state { return engine }
            return nil
        }
        engine?.stop()
    }

    /// Runs something on the client's thread after a while; it must return at once.
    ///
    /// Dropped when the client stops before, or libcurl cannot be had.
    package func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) {
        guard let engine = try? engine() else { return }
        engine.after(delay, body)
    }

    @discardableResult
    package func send(
        _ request: OutboundRequest,
        _ answer: @escaping @Sendable (Result<OutboundResponse, OutboundFailure>) -> Void
    ) -> any OutboundTransfer {
        begin(request, upload: nil, .whole(answer))
    }

    package func stream(
        _ request: OutboundRequest,
        upload: OutboundUpload?,
        to receiver: any OutboundReceiver
    ) -> any OutboundStream {
        begin(request, upload: upload, .pieces(receiver))
    }

    private func begin(
        _ request: OutboundRequest,
        upload: OutboundUpload?,
        _ taker: Fetch.Taker
    ) -> any OutboundStream {
        do throws(OutboundFailure) {
            let fetch = Fetch(request, upload: upload, taker, on: try engine())
            fetch.begin()
            return fetch
        } catch {
            taker.end(.failure(error))
            return EndedStream()
        }
    }

    private func engine() throws(OutboundFailure) -> CurlEngine {
        let result = state.withLock { state -> Result<CurlEngine, OutboundFailure> in
            switch state {
            case .running(let engine): return .success(engine)
            case .stopped: return .failure(OutboundFailure(.cancelled, "The host is stopping."))
            case .unused:
                do throws(OutboundFailure) {
                    let engine = try CurlEngine(settings)
                    state = .running(engine)
                    return .success(engine)
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }
}

/// A request that ended before it began.
private struct EndedStream: OutboundStream {
    func cancel() {}
    func resume() {}
}
