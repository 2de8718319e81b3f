package import Gateway
package import Logging
package import Metrics
import PluginRuntime
import Synchronization

/// One circuit breaker for each plugin that has one, in front of the plugin and behind the cache.
///
/// Counts what the host itself sees fail: crashes, deadlines, answers that break the contract, starts that fail. A tool's
/// error result says nothing about the plugin; a deadline that the client itself made short does not either.
package final class CircuitBreakers: Policy {
    /// When a plugin is taken out of service.
    package struct Settings: Sendable, Hashable {
        /// Failures that open the breaker, at least 1.
        package var failures: Int
        /// The time in which they have to fall.
        package var within: Duration
        /// How long it stays open before one call tries the plugin.
        package var openFor: Duration

        package init(failures: Int, within: Duration, openFor: Duration) {
            self.failures = failures
            self.within = within
            self.openFor = openFor
        }
    }

    /// How a breaker stands, for /health.
    package enum Standing: String, Sendable, CaseIterable {
        case closed
        case open
        case halfOpen = "half_open"
    }

    /// A plugin's breaker, and what is counted of it.
    private final class Entry: Sendable {
        let breaker: PluginBreaker
        let refused: Counter
        let changes: [Standing: Counter]

        init(breaker: PluginBreaker, refused: Counter, changes: [Standing: Counter]) {
            self.breaker = breaker
            self.refused = refused
            self.changes = changes
        }
    }

    private final class PluginBreaker: Sendable {
        let state: Mutex<(machine: CircuitBreaker, last: String)>

        init(_ settings: Settings) {
            let machine = CircuitBreaker(
                failures: settings.failures,
                within: settings.within,
                openFor: settings.openFor
            )
            state = Mutex((machine, ""))
        }
    }

    private let entries: [String: Entry]
    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Makes a breaker for each alias in `settings`; other plugins have none.
    ///
    /// `now` is for tests.
    package init(
        _ settings: [String: Settings],
        logger: Logger,
        factory: any MetricsFactory = MetricsSystem.factory,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        entries = Dictionary(
            uniqueKeysWithValues: settings.map { alias, settings in
                (alias, Self.entry(alias, settings, factory))
            }
        )
        self.logger = logger
        self.now = now
    }

    /// How a plugin's breaker stands; nil when it has none.
    package func standing(of alias: String) -> Standing? {
        entries[alias].map { $0.breaker.state.withLock { Standing($0.machine.state) } }
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        guard let entry = entries[call.plugin.alias] else { return next.handle(call) }
        let moment = now()
        switch entry.breaker.state.withLock({ $0.machine.admit(at: moment) }) {
        case .refuse(let retryAfter):
            let last = entry.breaker.state.withLock { $0.last }
            entry.refused.increment()
            call.annotate { $0.endedBy = .circuitBreaker }
            call.refuse(
                Refusal(
                    .unavailable,
                    """
                    plugin \(call.plugin.alias) is out of service because its calls failed (last: \(last)); \
                    it is tried again in \(retryAfter.text)
                    """,
                    retryAfter: retryAfter
                )
            )
        case .pass(let ticket):
            call.whenFinished { [self, call] outcome in ended(call, ticket, outcome, entry) }
            next.handle(call)
        }
    }

    private func ended(
        _ call: PluginCall,
        _ ticket: CircuitBreaker.Ticket,
        _ outcome: PluginOutcome,
        _ entry: Entry
    ) {
        let verdict = Self.verdict(outcome, hasClientDeadline: call.notes.hasClientDeadline)
        let moment = now()
        let standing = entry.breaker.state.withLock { state -> Standing? in
            if verdict == .bad, case .failed(let failure) = outcome { state.last = failure.message }
            return state.machine.ended(ticket, verdict, at: moment) ? Standing(state.machine.state) : nil
        }
        guard let standing else { return }
        entry.changes[standing]?.increment()
        let alias = call.plugin.alias
        if standing == .open, case .failed(let failure) = outcome {
            logger.error(
                "plugin \(alias) is taken out of service for a while: too many calls failed, the last because \(failure.message)",
                metadata: ["plugin": "\(alias)"]
            )
        } else if standing == .closed {
            logger.notice(
                "plugin \(alias) works again and is back in service",
                metadata: ["plugin": "\(alias)"]
            )
        }
    }

    /// What an outcome says about the plugin itself.
    static func verdict(
        _ outcome: PluginOutcome,
        hasClientDeadline: @autoclosure () -> Bool
    ) -> CircuitBreaker.Verdict {
        switch outcome {
        case .complete, .inputRequired, .error: return .good
        case .cancelled: return .unknown
        case .failed(let failure):
            switch failure.cause {
            case .crashed, .badAnswer: return .bad
            case .deadline: return hasClientDeadline() ? .unknown : .bad
            // With a time to come again it was never started: somebody else keeps it out of service already.
            case .unavailable: return failure.retryAfter == nil ? .bad : .unknown
            default: return .unknown
            }
        }
    }

    private static func entry(
        _ alias: String,
        _ settings: Settings,
        _ factory: any MetricsFactory
    ) -> Entry {
        let changes = [Standing.closed, .open].map { standing in
            (
                standing,
                Counter(
                    label: "roost_breaker_changes_total",
                    dimensions: [("server", alias), ("to", standing.rawValue)],
                    factory: factory
                )
            )
        }
        return Entry(
            breaker: PluginBreaker(settings),
            refused: Counter(
                label: "roost_breaker_refused_total",
                dimensions: [("server", alias)],
                factory: factory
            ),
            changes: Dictionary(uniqueKeysWithValues: changes)
        )
    }
}

extension CircuitBreakers.Standing {
    init(_ state: CircuitBreaker.State) {
        switch state {
        case .closed: self = .closed
        case .open: self = .open
        case .halfOpen: self = .halfOpen
        }
    }
}
