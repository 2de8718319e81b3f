/// The open and waiting calls of one plugin: who may go in, who waits, who is refused, and how each ends.
///
/// A pure state machine. It calls nobody: every function says what its caller has to do, so that observers are heard and
/// plugins are called outside of any lock. The clock comes in as an argument.
///
/// Every call that began belongs to a ``Generation``. One generation is current and takes new calls; older ones drain: they
/// keep the calls they have, and get no more.
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

    enum Stage {
        case waiting(PluginRequest)
        case running(Generation)
        case abandoned(Generation)
    }

    struct Entry {
        var stage: Stage
        var observer: any PluginCallObserver
        var target: String
        var deadline: ContinuousClock.Instant
        var method: String
        /// As the client sent them: for the report of a crash, which keeps their form and no value.
        var arguments: [UInt8]
        /// When the call came; from its begin on, when the plugin got it.
        var since: ContinuousClock.Instant
    }

    let alias: String
    var limits: Limits
    var entries: [CallToken: Entry] = [:]
    var generations = GenerationPlaces()
    var reports = ReportGate()
    var service = ServiceTime()
    /// The moment the timer goes off; nil when it is not set.
    var armed: ContinuousClock.Instant?
    private var queue = CallQueue()
    private var nextToken: UInt64 = 1

    /// True once no further call is accepted.
    var isDraining = false
    /// True while calls wait although the plugin runs: a reload hands its state over.
    var isHeld: Bool { holds > 0 }
    /// How many want calls to be held: a reload and an operator may at the same time.
    var holds = 0
    var waiting = 0
    /// How long calls waited for their places.
    private(set) var waits = QueueWaits()
    /// Abandoned calls in which the current generation hangs for good; they hold their places.
    var stuck: Set<CallToken> = []

    init(alias: String, limits: Limits) {
        self.alias = alias
        self.limits = limits
    }

    /// Calls that run, in every generation.
    var running: Int { generations.running }
    /// Calls whose end was told although the plugin has not completed them.
    var abandoned: Int { generations.abandoned }

    /// Calls that came since the host began.
    var total: Int { Int(nextToken) - 1 }

    /// Calls whose end has not been told.
    var openCalls: Int { waiting + running }

    /// True when neither a caller nor the plugin has anything left.
    var isEmpty: Bool { entries.isEmpty }

    /// The generation that has a place for one more call; nil when the call has to wait.
    ///
    /// The plugin promised to hold no more than its own limit, so the calls it still has count there; the limit of host.yaml
    /// is about load, where an abandoned call gives its place back. What older generations still work on counts in neither.
    private var place: Generation? {
        guard let current = generations.current, !isHeld else { return nil }
        let (places, limit) = (generations.places, generations.places.pluginLimit)
        guard places.running + stuck.count < limits.concurrency else { return nil }
        return limit == 0 || places.running + places.abandoned < limit ? current : nil
    }
}

// MARK: - Calls go in

extension CallLedger {
    /// A call that has its place: hand it to the plugin.
    struct Begin: Sendable {
        var token: CallToken
        var generation: Generation
        var request: PluginRequest
        var deadline: ContinuousClock.Instant
        /// Who waited for this place; nil: nobody, it was free.
        var waiter: (any PluginCallObserver)?
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
        now: ContinuousClock.Instant,
        mayBegin: Bool = true
    ) -> Submission {
        let token = CallToken(nextToken)
        nextToken += 1
        if let failure = refusal(deadline: deadline, now: now) {
            return Submission(token: token, verdict: .refuse(failure))
        }
        let stage: Stage
        let verdict: Submission.Verdict
        if mayBegin, waiting == 0, let generation = place {
            generations.begin(in: generation)
            waits.record(.zero, at: now)
            stage = .running(generation)
            verdict = .begin(
                Begin(token: token, generation: generation, request: request, deadline: deadline)
            )
        } else {
            stage = .waiting(request)
            waiting += 1
            queue.append(token)
            verdict = .wait
        }
        entries[token] = Entry(
            stage: stage,
            observer: observer,
            target: request.target,
            deadline: deadline,
            method: request.method,
            arguments: request.arguments,
            since: now
        )
        return Submission(token: token, verdict: verdict, arm: arm(for: deadline))
    }

    /// The next waiting call that has a place now, or nil.
    mutating func nextBegin(now: ContinuousClock.Instant) -> Begin? {
        while let generation = place, let token = queue.removeFirst() {
            guard var entry = entries[token], case .waiting(let request) = entry.stage else { continue }
            waits.record(max(.nanoseconds(1), now - entry.since), at: now)
            entry.stage = .running(generation)
            entry.since = now
            entries[token] = entry
            waiting -= 1
            generations.begin(in: generation)
            return Begin(
                token: token,
                generation: generation,
                request: request,
                deadline: entry.deadline,
                waiter: entry.observer
            )
        }
        return nil
    }

    /// True when ``nextBegin(now:)`` would give a call.
    var canBegin: Bool { waiting > 0 && place != nil }

    private mutating func arm(for deadline: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        if let armed, armed <= deadline { return nil }
        armed = deadline
        return deadline
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

extension CallLedger.Entry {
    /// Who has the call; nil while it waits.
    var generation: Generation? {
        switch stage {
        case .waiting: nil
        case .running(let generation), .abandoned(let generation): generation
        }
    }
}
