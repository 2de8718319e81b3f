/// Whether a question that failed is asked once more, and when: never so late that its answer would miss the deadline.
struct RepetitionPlan: Sendable {
    enum Step: Sendable, Equatable { case wait(Duration), giveUp }

    /// Further questions at most.
    private static let most = 3
    /// The longest wait that nobody has to be asked for.
    private static let patience = Duration.seconds(30)
    /// What an answer takes once it is asked for.
    private static let answerTime = Duration.seconds(1)

    private var repetitions = 0

    /// What follows a failure.
    ///
    /// `left`: until the caller's deadline; nil: it has none. `jitter`: from 0 to 1, so that many callers do not come back at once.
    mutating func step(after failure: ServiceFailure, left: Duration?, jitter: Double) -> Step {
        guard repetitions < Self.most, mayPass(failure) else { return .giveUp }
        let pause: Duration =
            if let wanted = failure.retryAfter {
                max(wanted, .milliseconds(10))
            } else {
                .milliseconds(200 << repetitions) * (1 + jitter)
            }
        guard pause <= Self.patience, left.map({ pause + Self.answerTime <= $0 }) ?? true else {
            return .giveUp
        }
        repetitions += 1
        return .wait(pause)
    }

    /// A limit without a word about its end is not worth waiting for.
    private func mayPass(_ failure: ServiceFailure) -> Bool {
        switch failure.status {
        case nil, 502, 503, 504: true
        case 429: failure.retryAfter != nil
        default: false
        }
    }
}
