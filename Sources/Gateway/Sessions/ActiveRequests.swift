package import MCP
import Synchronization

/// The requests of one client that have no answer yet, for `notifications/cancelled`.
package final class ActiveRequests: Sendable {
    private let exchanges = Mutex<[RequestID: Exchange]>([:])

    package init() {}

    /// Keeps an exchange until it is over.
    package func add(_ exchange: Exchange) {
        let id = exchange.request.id
        exchanges.withLock { $0[id] = exchange }
        exchange.afterwards { [weak self, weak exchange] in
            self?.exchanges.withLock { if $0[id] === exchange { $0[id] = nil } }
        }
    }

    /// Cancels a request; ids that are unknown or over are ignored, as the protocol asks.
    package func cancel(_ id: RequestID) {
        exchanges.withLock { $0[id] }?.cancel()
    }

    /// Cancels everything: the client is gone.
    package func cancelAll() {
        for exchange in exchanges.withLock({ Array($0.values) }) { exchange.cancel() }
    }
}
