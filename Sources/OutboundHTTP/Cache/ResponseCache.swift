import Synchronization

/// Answers that may be used again, for one plugin: a private cache of RFC 9111, bounded in bytes.
///
/// Keeps answers of status 200 to GET requests whose headers allow it; asks again with ETag and Last-Modified when they are
/// too old; never gives an old one away unasked.
package final class ResponseCache: Sendable {
    private let store: Mutex<ResponseStore>

    /// An empty cache that keeps at most so many bytes.
    package init(capacity: Int) { store = Mutex(ResponseStore(capacity: capacity)) }

    /// Bytes it keeps.
    package var size: Int { store.withLock { $0.size } }

    /// What becomes of a request before it is sent.
    enum Plan: Sendable {
        /// Send it as it is; the answer is not for the cache.
        case pass
        case answer(OutboundResponse)
        /// Send it, with the validators of what is there, and show the answer to the cache.
        case ask(OutboundURL, StoredResponse?)
    }

    func plan(_ request: OutboundRequest, at now: Int64) -> Plan {
        guard request.method == "GET", request.body.isEmpty, request.signature == nil,
            !CacheControl(request.headers).noStore,
            !["If-None-Match", "If-Modified-Since", "If-Match", "If-Range", "Range"].contains(where: {
                request.headers.first($0) != nil
            }), let url = try? OutboundURL(request.url)
        else { return .pass }
        switch store.withLock({ $0.find(url, request.headers, at: now) }) {
        case .fresh(let response): return .answer(response)
        case .stale(let stored): return .ask(url, stored)
        case .none: return .ask(url, nil)
        }
    }

    /// The answer to give for one that came.
    func see(
        _ response: OutboundResponse,
        to request: OutboundRequest,
        of url: OutboundURL,
        instead stored: StoredResponse?,
        at now: Int64
    ) -> OutboundResponse {
        // What a redirect led to is not the answer of this address.
        guard response.url == url.description else { return response }
        return store.withLock { store in
            if response.status == 304, var stored {
                stored.refresh(response.headers, at: now)
                store.keep(stored, of: url, request.headers)
                return stored.response
            }
            if let stored = StoredResponse(response, to: request.headers, at: now) {
                store.keep(stored, of: url, request.headers)
            } else {
                store.forget(url)
            }
            return response
        }
    }

    /// A request that changes things was answered: section 4.4.
    func changed(_ request: OutboundRequest, _ status: Int) {
        guard (200..<400).contains(status), !["GET", "HEAD", "OPTIONS", "TRACE"].contains(request.method),
            let url = try? OutboundURL(request.url)
        else { return }
        store.withLock { $0.forget(url) }
    }
}
