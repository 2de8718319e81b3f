import MCP
import RoostJSON
import Synchronization

/// subscriptions/listen: keeps the open subscriptions until their clients leave or the host stops.
final class ListenMethod: Sendable {
    private let feed: ChangeFeed
    private let open = Mutex<[ObjectIdentifier: ListenSubscription]>([:])

    init(_ feed: ChangeFeed) { self.feed = feed }

    func listen(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        let subscription = try ListenSubscription(exchange, catalog)
        subscription.acknowledge()
        // Holding a stream on which nothing can come would pin a worker for nothing.
        guard !subscription.isEmpty else { return subscription.finish() }
        let key = ObjectIdentifier(subscription)
        open.withLock { $0[key] = subscription }
        feed.add(subscription)
        exchange.afterwards { [weak self] in
            guard let self else { return }
            let ended = open.withLock { $0.removeValue(forKey: key) }
            if let ended { feed.remove(ended) }
        }
    }

    var openStreams: Int { open.withLock { $0.count } }

    /// Ends every subscription with its result: the host is about to stop.
    func finishAll() {
        for subscription in open.withLock({ Array($0.values) }) { subscription.finish() }
    }
}
