import Logging
import Synchronization

/// Reloads plugins: one reload of a plugin at a time, and different plugins side by side.
final class Reloader: Sendable {
    /// What a plugin is to become.
    struct Request: Sendable {
        var specification: PluginSpecification
        /// True when a new generation is wanted even of what runs already.
        var isForced = false
    }

    /// The reloads of one plugin.
    private struct Place: Sendable {
        var requests = ReloadRequests<Request>()
        /// Who waits for the reload under way.
        var waiters: [CheckedContinuation<ReloadReport, Never>] = []
        /// Who waits for the next.
        var next: [CheckedContinuation<ReloadReport, Never>] = []
    }

    private let preparation: Preparation
    private let logger: Logger
    private let places = Mutex<[String: Place]>([:])

    init(_ preparation: Preparation, logger: Logger) {
        self.preparation = preparation
        self.logger = logger
    }

    /// Brings a plugin to what a request and its library say now; returns when its new calls go there, or why not.
    func reload(_ plugin: PluginHandle, _ request: Request) async -> ReloadReport {
        await withCheckedContinuation { waiter in
            let begins = places.withLock { places in
                let begins = places[plugin.alias, default: Place()].requests.ask(request)
                if begins {
                    places[plugin.alias]?.waiters = [waiter]
                } else {
                    places[plugin.alias]?.next.append(waiter)
                }
                return begins
            }
            if begins { Task { await run(plugin, request) } }
        }
    }

    private func run(_ plugin: PluginHandle, _ first: Request) async {
        var request = first
        while true {
            var run = ReloadRun(plugin, to: request, preparation: preparation, logger: logger)
            let report = await run.run()
            log(report)
            let (waiters, next) = places.withLock {
                places -> ([CheckedContinuation<ReloadReport, Never>], Request?) in
                var place = places[plugin.alias] ?? Place()
                let waiters = place.waiters
                let next = place.requests.ended()
                place.waiters = place.next
                place.next = []
                places[plugin.alias] = next == nil ? nil : place
                return (waiters, next)
            }
            for waiter in waiters { waiter.resume(returning: report) }
            guard let next else { return }
            request = next
        }
    }

    private func log(_ report: ReloadReport) {
        let metadata: Logger.Metadata = ["plugin": "\(report.alias)"]
        switch report.outcome {
        case .unchanged: logger.debug("\(report)", metadata: metadata)
        case .refused: logger.error("\(report)", metadata: metadata)
        default: logger.notice("\(report)", metadata: metadata)
        }
    }
}
