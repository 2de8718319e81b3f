/// When a changed manifest is asked for: one question at a time, and once more when it changed meanwhile.
///
/// ```
///          changed: ask            changed
///   idle ───────────────> reading ─────────> stale
///    ^                     │  ^                │
///    └───── answered ──────┘  └─ answered: ask ┘
/// ```
///
/// The contract lets only one control function of a plugin run at a time, and an answer is valid only until the next question.
struct ManifestReading: Sendable {
    private enum State: Sendable { case idle, reading, stale }

    private var state = State.idle
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// Notes a change.
    ///
    /// True when the question is to be asked now.
    mutating func changed() -> Bool {
        switch state {
        case .idle:
            state = .reading
            return true
        case .reading, .stale:
            state = .stale
            return false
        }
    }

    /// What follows an answer.
    enum Next {
        case ask
        /// Nothing to ask any more; these waited for that.
        case rest([CheckedContinuation<Void, Never>])
    }

    /// Notes that the answer came, or that none will.
    ///
    /// Asks again only when `mayAsk`: a plugin that is stopping is not asked any more.
    mutating func answered(mayAsk: Bool) -> Next {
        if state == .stale, mayAsk {
            state = .reading
            return .ask
        }
        state = .idle
        defer { waiters = [] }
        return .rest(waiters)
    }

    /// Waits for the question under way.
    ///
    /// False when there is none.
    mutating func wait(_ waiter: CheckedContinuation<Void, Never>) -> Bool {
        guard state != .idle else { return false }
        waiters.append(waiter)
        return true
    }
}
