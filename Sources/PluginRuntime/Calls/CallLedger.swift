/// The open and waiting calls of one plugin: who may go in, who waits, who is refused, and how each ends.
///
/// A pure state machine. It calls nobody: every function says what its caller has to do, so that observers are heard and
/// plugins are called outside of any lock. The clock comes in as an argument.
///
/// ```
/// submit ──▶ waiting ──▶ running ──▶ (ended)
///    │          │           │
///    └ refused  └ ended     └ abandoned ──▶ (gone)   the caller was told; the plugin still has the call
/// ```
struct CallLedger: Sendable {
    /// How many calls run and wait at once.
    struct Limits: Sendable {
        /// Calls that run at once, by host.yaml.
        ///
        /// At least 1.
        var concurrency: Int
        /// Calls that wait for a place; one more is refused.
        var queue: Int
    }

    private enum Stage {
        case waiting(PluginRequest)
        case running
        case abandoned
    }

    private struct Entry {
        var stage: Stage
        var observer: any PluginCallObserver
        var target: String
        var deadline: ContinuousClock.Instant
    }

    let alias: String
    let limits: Limits
    /// The plugin's own limit.
    ///
    /// 0: none.
    private var pluginLimit = 0
    private var entries: [CallToken: Entry] = [:]
    private var queue = CallQueue()
    private var reports = ReportGate()
    private var nextToken: UInt64 = 1
    private var armed: ContinuousClock.Instant?

    /// True while the plugin runs and takes calls.
    private(set) var isOpen = false
    /// True once no further call is accepted.
    private(set) var isDraining = false
    private(set) var waiting = 0
    private(set) var running = 0
    /// Calls whose end was told although the plugin has not completed them.
    private(set) var abandoned = 0

    init(alias: String, limits: Limits) {
        self.alias = alias
        self.limits = limits
    }

    /// Calls whose end has not been told.
    var openCalls: Int { waiting + running }

    /// True when neither a caller nor the plugin has anything left.
    var isEmpty: Bool { entries.isEmpty }

    /// The plugin promised to hold no more than its own limit, so the calls it still has count there; the limit of host.yaml
    /// is about load, where an abandoned call gives its place back.
    private var hasPlace: Bool {
        isOpen && running < limits.concurrency && (pluginLimit == 0 || running + abandoned < pluginLimit)
    }
}

// MARK: - Calls go in

extension CallLedger {
    /// A call that has its place: hand it to the plugin.
    struct Begin: Sendable {
        var token: CallToken
        var request: PluginRequest
        var deadline: ContinuousClock.Instant
    }

    /// What became of a new call.
    struct Submission: Sendable {
        enum Verdict: Sendable {
            case begin(Begin)
            case wait
            case refuse(PluginFailure)
        }
        var token: CallToken
        var verdict: Verdict
        /// Set when the timer has to go off at this moment, earlier than it was armed for.
        var arm: ContinuousClock.Instant?
    }

    /// Takes a call, lets it wait, or refuses it.
    ///
    /// With mayBegin false the plugin must not be called at this moment: the call then waits even if there is room.
    mutating func submit(
        _ request: PluginRequest,
        observer: any PluginCallObserver,
        deadline: ContinuousClock.Instant,
        mayBegin: Bool = true
    ) -> Submission {
        let token = CallToken(nextToken)
        nextToken += 1
        if let failure = refusal(of: request) { return Submission(token: token, verdict: .refuse(failure)) }
        var entry = Entry(stage: .running, observer: observer, target: request.target, deadline: deadline)
        let verdict: Submission.Verdict
        if mayBegin, waiting == 0, hasPlace {
            running += 1
            verdict = .begin(Begin(token: token, request: request, deadline: deadline))
        } else {
            entry.stage = .waiting(request)
            waiting += 1
            queue.append(token)
            verdict = .wait
        }
        entries[token] = entry
        return Submission(token: token, verdict: verdict, arm: arm(for: deadline))
    }

    /// The next waiting call that has a place now, or nil.
    mutating func nextBegin() -> Begin? {
        while hasPlace, let token = queue.removeFirst() {
            guard var entry = entries[token], case .waiting(let request) = entry.stage else { continue }
            entry.stage = .running
            entries[token] = entry
            waiting -= 1
            running += 1
            return Begin(token: token, request: request, deadline: entry.deadline)
        }
        return nil
    }

    /// True when ``nextBegin()`` would give a call.
    var canBegin: Bool { waiting > 0 && hasPlace }

    private func refusal(of request: PluginRequest) -> PluginFailure? {
        if isDraining {
            return PluginFailure(
                .stopping,
                plugin: alias,
                "plugin \(alias) is stopping and takes no more calls"
            )
        }
        guard openCalls >= limits.concurrency + limits.queue else { return nil }
        return PluginFailure(
            .busy,
            plugin: alias,
            """
            plugin \(alias) is busy: \(running) calls run and \(waiting) wait, which is all its limits allow \
            (concurrency \(limits.concurrency), queue \(limits.queue)). Try again later, or raise the limits in host.yaml
            """
        )
    }

    private mutating func arm(for deadline: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        if let armed, armed <= deadline { return nil }
        armed = deadline
        return deadline
    }
}

// MARK: - Calls end

extension CallLedger {
    /// What the observer of a call has to hear.
    struct Delivery: Sendable {
        var observer: any PluginCallObserver
        var outcome: PluginOutcome
    }

    /// What a completion meant.
    enum Completion: Sendable {
        /// The call has ended. Nil: a report is under way on another thread, and its end brings the delivery.
        case ended(Delivery?)
        /// The caller was told before; nobody waits for this.
        case late
        /// No such call: it has ended already or never was.
        case unknown
    }

    /// The plugin completed a call.
    ///
    /// A plugin that gives up because the deadline has passed may be quicker than the timer: the caller hears of the
    /// deadline all the same.
    mutating func complete(
        _ token: CallToken,
        with outcome: PluginOutcome,
        now: ContinuousClock.Instant
    ) -> Completion {
        guard let entry = entries[token] else { return .unknown }
        switch entry.stage {
        case .waiting:
            return .unknown
        case .abandoned:
            entries[token] = nil
            abandoned -= 1
            return .late
        case .running:
            entries[token] = nil
            running -= 1
            var delivery = Delivery(observer: entry.observer, outcome: outcome)
            if case .cancelled = outcome, entry.deadline <= now.advanced(by: Self.clockTolerance) {
                delivery.outcome = overdue(entry, "while the plugin worked on it")
            }
            return .ended(reports.end(token, delivery))
        }
    }

    /// The plugin reads its deadline from another clock than the host does.
    private static let clockTolerance = Duration.milliseconds(1)

    private func overdue(_ entry: Entry, _ place: String) -> PluginOutcome {
        let message = "\(entry.target) of plugin \(alias) passed its deadline \(place)"
        return .failed(PluginFailure(.deadline, plugin: alias, message))
    }

    /// What a cancellation meant.
    enum Cancellation: Sendable {
        /// The plugin has the call: ask it for an early end.
        case running(Delivery?)
        /// The plugin never saw the call.
        case waiting(Delivery?)
        /// The call has ended already: nothing to do.
        case gone
    }

    /// The caller gave a call up.
    mutating func cancel(_ token: CallToken) -> Cancellation {
        guard let entry = entries[token] else { return .gone }
        let delivery = Delivery(observer: entry.observer, outcome: .cancelled)
        switch entry.stage {
        case .abandoned: return .gone
        case .waiting:
            entries[token] = nil
            waiting -= 1
            return .waiting(reports.end(token, delivery))
        case .running:
            abandon(token)
            return .running(reports.end(token, delivery))
        }
    }

    /// What passed its deadline.
    struct Expiry: Sendable {
        var deliveries: [Delivery] = []
        /// Calls the plugin still has: ask it for an early end.
        var running: [CallToken] = []
        /// When the timer has to go off next; nil when nothing is open.
        var arm: ContinuousClock.Instant?
    }

    /// The timer went off: ends what has passed its deadline.
    mutating func expire(now: ContinuousClock.Instant) -> Expiry {
        var expiry = Expiry()
        for (token, entry) in entries {
            if case .abandoned = entry.stage { continue }
            guard entry.deadline <= now else {
                expiry.arm = min(expiry.arm ?? entry.deadline, entry.deadline)
                continue
            }
            var place = "while it waited for a place"
            if case .running = entry.stage {
                abandon(token)
                expiry.running.append(token)
                place = "while the plugin worked on it"
            } else {
                entries[token] = nil
                waiting -= 1
            }
            let delivery = Delivery(observer: entry.observer, outcome: overdue(entry, place))
            if let delivery = reports.end(token, delivery) { expiry.deliveries.append(delivery) }
        }
        armed = expiry.arm
        return expiry
    }

    private mutating func abandon(_ token: CallToken) {
        entries[token]?.stage = .abandoned
        running -= 1
        abandoned += 1
    }
}

// MARK: - The plugin comes and goes

extension CallLedger {
    /// The plugin runs and takes calls.
    ///
    /// `pluginLimit` is what its descriptor allows at once; 0: no limit of its own.
    mutating func open(pluginLimit: Int) {
        isOpen = true
        self.pluginLimit = pluginLimit
    }

    /// The plugin's process died: every call it had fails, the waiting ones go on waiting for the next process.
    mutating func die(because reason: String) -> [Delivery] {
        isOpen = false
        var deliveries: [Delivery] = []
        for (token, entry) in entries {
            switch entry.stage {
            case .waiting: continue
            case .abandoned: abandoned -= 1
            case .running:
                running -= 1
                let failure = PluginFailure(
                    .crashed,
                    plugin: alias,
                    "plugin \(alias) crashed (\(reason)) during \(entry.target); it is started again for the next call"
                )
                let delivery = Delivery(observer: entry.observer, outcome: .failed(failure))
                if let delivery = reports.end(token, delivery) { deliveries.append(delivery) }
            }
            entries[token] = nil
        }
        return deliveries
    }

    /// The plugin would not start: every waiting call fails with `failure`.
    mutating func failWaiting(with failure: PluginFailure) -> [Delivery] {
        var deliveries: [Delivery] = []
        for (token, entry) in entries {
            guard case .waiting = entry.stage else { continue }
            waiting -= 1
            entries[token] = nil
            let delivery = Delivery(observer: entry.observer, outcome: .failed(failure))
            if let delivery = reports.end(token, delivery) { deliveries.append(delivery) }
        }
        return deliveries
    }

    /// No further call is accepted; what is open goes on.
    mutating func drain() { isDraining = true }

    /// The drain is over: what is still open fails, and late completions are ignored from here on.
    mutating func close() -> [Delivery] {
        isOpen = false
        isDraining = true
        let failure = PluginFailure(
            .stopping,
            plugin: alias,
            "plugin \(alias) was stopped before it had answered"
        )
        var deliveries: [Delivery] = []
        for (token, entry) in entries {
            if case .abandoned = entry.stage { continue }
            let delivery = Delivery(observer: entry.observer, outcome: .failed(failure))
            if let delivery = reports.end(token, delivery) { deliveries.append(delivery) }
        }
        entries = [:]
        (waiting, running, abandoned) = (0, 0, 0)
        return deliveries
    }
}

// MARK: - Reports

extension CallLedger {
    /// Who hears a report about a call, or nil when the caller has heard the end.
    ///
    /// Pair each observer with ``endReport(_:)``.
    mutating func beginReport(_ token: CallToken) -> (any PluginCallObserver)? {
        guard let entry = entries[token], case .running = entry.stage else { return nil }
        reports.begin(token)
        return entry.observer
    }

    /// A report was heard.
    ///
    /// The call may have ended meanwhile: then its end is to be delivered now.
    mutating func endReport(_ token: CallToken) -> Delivery? { reports.finish(token) }
}
