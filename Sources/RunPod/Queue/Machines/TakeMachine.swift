/// When a worker asks the queue for jobs, and for how many.
///
/// ```
///            next: take                    answered
///   waiting ────────────▶ one take is open ─────────▶ waiting, perhaps for a while:
///                                                       jobs, or nothing after a long wait: ask at once
///                                                       nothing at once: the queue does not hold polls, pauses grow to 1 s
///                                                       429: what it asks for, or 5 s; everything else: pauses grow to 10 s
/// ```
///
/// There is at most one take open. Time and chance come with the questions.
struct TakeMachine: Sendable {
    enum Step: Sendable, Equatable {
        case take(count: Int, isBusy: Bool)
        case wait(until: ContinuousClock.Instant)
        /// Nothing to do until something changes.
        case idle
        /// It never takes again.
        case end
    }

    /// Jobs in one batch at most.
    static let largestBatch = 64
    /// An empty answer that came later than this was held by the queue.
    static let heldPoll = Duration.milliseconds(500)

    private var isOpen = false
    private var isDraining = false
    private var pausedUntil: ContinuousClock.Instant?
    private var emptyAnswers = BackOff(first: .milliseconds(50), longest: .seconds(1))
    private var failures = BackOff(first: .milliseconds(250), longest: .seconds(10))

    /// What to do now.
    ///
    /// `slots`: jobs this worker may work on; `held`: those it works on or will; `isBackedUp`: so many results wait for
    /// their delivery that there should be no more.
    mutating func next(slots: Int, held: Int, isBackedUp: Bool, at now: ContinuousClock.Instant) -> Step {
        if isDraining { return isOpen ? .idle : .end }
        guard !isOpen, !isBackedUp, slots > held else { return .idle }
        if let pausedUntil, pausedUntil > now { return .wait(until: pausedUntil) }
        pausedUntil = nil
        isOpen = true
        return .take(count: min(slots - held, Self.largestBatch), isBusy: held > 0)
    }

    /// A take ended; `wait` is how long it was open.
    mutating func answered(
        _ answer: TakeAnswer,
        after wait: Duration,
        at now: ContinuousClock.Instant,
        random: Double
    ) {
        isOpen = false
        switch answer {
        case .jobs:
            emptyAnswers.reset()
            failures.reset()
        case .nothing:
            failures.reset()
            if wait >= Self.heldPoll {
                emptyAnswers.reset()
            } else {
                pause(emptyAnswers.next(random: random), from: now)
            }
        case .refused(429, let asked):
            pause((asked ?? .seconds(5)) + .milliseconds(250) * random, from: now)
        case .refused(_, let asked):
            pause(max(asked ?? .zero, failures.next(random: random)), from: now)
        case .unreachable: pause(failures.next(random: random), from: now)
        case .abandoned: break
        }
    }

    /// Takes nothing for a while.
    mutating func pause(_ time: Duration, from now: ContinuousClock.Instant) {
        pausedUntil = max(pausedUntil ?? now, now.advanced(by: time))
    }

    /// What was learnt about the queue holds no more: the process was stopped for a while.
    mutating func forget() {
        pausedUntil = nil
        emptyAnswers.reset()
        failures.reset()
    }

    /// Takes no other job.
    mutating func drain() { isDraining = true }
}
