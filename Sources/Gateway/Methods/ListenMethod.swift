import MCP
import RoostJSON
import Synchronization
import WorkStore

/// subscriptions/listen: keeps the open subscriptions until their clients leave or the host stops.
final class ListenMethod: Sendable {
    private let feed: ChangeFeed
    private let tasks: TaskService?
    private let open = Mutex<[ObjectIdentifier: ListenSubscription]>([:])

    init(_ feed: ChangeFeed, tasks: TaskService? = nil) {
        self.feed = feed
        self.tasks = tasks
    }

    func listen(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        let subscription = try ListenSubscription(exchange, catalog)
        let wanted = try subscription.wantedTasks
        guard let tasks, !wanted.isEmpty else { return begin(subscription, []) }
        guard TaskMethods.knowsTasks(exchange.client) else {
            throw TaskFailure.undeclared("listening to tasks")
        }
        Task { [self] in
            var found: [TaskEntry] = []
            for id in wanted {
                if let entry = try? await tasks.entry(id), entry.belongs(to: exchange) { found.append(entry) }
            }
            begin(subscription, found)
        }
    }

    /// Acknowledges, and tells of changes from then on; of each task also how it stands.
    private func begin(_ subscription: ListenSubscription, _ entries: [TaskEntry]) {
        let exchange = subscription.exchange
        subscription.follow(entries, settings: tasks?.settings)
        subscription.acknowledge()
        // Holding a stream on which nothing can come would pin a worker for nothing.
        guard !subscription.isEmpty else { return subscription.finish() }
        let key = ObjectIdentifier(subscription)
        open.withLock { $0[key] = subscription }
        feed.add(subscription)
        let followed = Set(entries.map(\.record.id))
        tasks?.watch(followed, subscription)
        exchange.afterwards { [weak self] in
            guard let self else { return }
            let ended = open.withLock { $0.removeValue(forKey: key) }
            if let ended {
                feed.remove(ended)
                tasks?.unwatch(followed, ended)
            }
        }
        for entry in entries { subscription.taskChanged(entry) }
    }

    var openStreams: Int { open.withLock { $0.count } }

    /// Ends every subscription with its result: the host is about to stop.
    func finishAll() {
        for subscription in open.withLock({ Array($0.values) }) { subscription.finish() }
    }
}
