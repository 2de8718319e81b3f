/// Takes a plugin out of service that fails again and again, and tries it with one call at a time until it works.
///
/// A pure state machine; the clock comes in as an argument. What an admitted call meant counts only in the state it was
/// admitted in, so late news from before change nothing.
///
/// ```
///            failures within the window          open_for has passed: the next call is the probe
///   closed ──────────────────────────────> open ──────────────────────────────────────> half-open
///     ^                                      ^                                            │   │
///     │                                      └──────────── the probe failed ──────────────┘   │
///     └──────────────────────────────────── the probe went well ───────────────────────────────┘
/// ```
struct CircuitBreaker: Sendable {
    enum State: Sendable, Equatable {
        case closed
        case open(until: ContinuousClock.Instant)
        /// True while a probe is under way.
        case halfOpen(isProbing: Bool)
    }

    /// What a call's end says about the plugin.
    enum Verdict: Sendable, Equatable {
        case good, bad
        /// Nothing: the call was cancelled, or never reached the plugin.
        case unknown
    }

    /// Permission for one call; give it back with ``ended(_:_:at:)``.
    struct Ticket: Sendable, Equatable {
        fileprivate var epoch: Int
        fileprivate var isProbe: Bool
    }

    enum Admission: Sendable, Equatable {
        case pass(Ticket)
        /// Come again after this time.
        case refuse(retryAfter: Duration)
    }

    /// Failures that open it, at least 1.
    let failures: Int
    /// The time in which they have to fall.
    let within: Duration
    /// How long it stays open before a probe.
    let openFor: Duration

    private(set) var state = State.closed
    private var recent: [ContinuousClock.Instant] = []
    /// Counts the changes of state.
    private var epoch = 0

    init(failures: Int, within: Duration, openFor: Duration) {
        self.failures = max(1, failures)
        self.within = within
        self.openFor = openFor
    }

    /// A call wants to go to the plugin.
    mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        switch state {
        case .closed:
            return .pass(Ticket(epoch: epoch, isProbe: false))
        case .open(let until):
            guard until <= now else { return .refuse(retryAfter: until - now) }
            change(to: .halfOpen(isProbing: true))
            return .pass(Ticket(epoch: epoch, isProbe: true))
        case .halfOpen(isProbing: false):
            state = .halfOpen(isProbing: true)
            return .pass(Ticket(epoch: epoch, isProbe: true))
        case .halfOpen(isProbing: true):
            // Nobody knows how long the probe takes.
            return .refuse(retryAfter: min(openFor, .seconds(1)))
        }
    }

    /// An admitted call has ended; true when that changed the state.
    mutating func ended(_ ticket: Ticket, _ verdict: Verdict, at now: ContinuousClock.Instant) -> Bool {
        guard ticket.epoch == epoch else { return false }
        switch (state, verdict) {
        case (.closed, .bad):
            recent.append(now)
            recent.removeAll { [within] in $0 + within <= now }
            guard recent.count >= failures else { return false }
            change(to: .open(until: now + openFor))
            return true
        case (.halfOpen, .good):
            change(to: .closed)
            return true
        case (.halfOpen, .bad):
            change(to: .open(until: now + openFor))
            return true
        case (.halfOpen, .unknown):
            state = .halfOpen(isProbing: false)
            return false
        case (.closed, _), (.open, _):
            return false
        }
    }

    private mutating func change(to next: State) {
        state = next
        recent = []
        epoch += 1
    }
}
