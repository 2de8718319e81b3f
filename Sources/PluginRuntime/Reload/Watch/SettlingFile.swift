/// Waits until a file that somebody writes has come to rest.
///
/// A pure state machine: it says when to look at the file next, and when the file may be used. A writer that has closed the
/// file is believed after one quiet moment; a file that is quiet and incomplete is looked at for a while longer.
///
/// ```
/// touched ──▶ look ──┬─ still changing ──▶ look
///    ▲               ├─ quiet, incomplete ──▶ look … give up
///    └───────────────┴─ quiet, complete ──▶ settled
/// ```
struct SettlingFile: Sendable {
    /// How long nothing may happen before a file counts as quiet.
    static let quiet = Duration.milliseconds(20)
    /// How often a quiet but incomplete file is looked at.
    static let interval = Duration.milliseconds(250)
    /// How long one is looked at after it was last touched.
    static let patience = Duration.seconds(10)

    enum Step: Sendable, Equatable {
        case look(at: ContinuousClock.Instant)
        case settled
        /// It stayed incomplete.
        case giveUp
        /// Nothing to do: a look is planned already, or the file has gone.
        case none
    }

    private var touched: ContinuousClock.Instant?
    private var stamp: Files.Stamp?
    private var isPlanned = false

    /// The file was written to, or moved to its place.
    mutating func touch(_ stamp: Files.Stamp?, at now: ContinuousClock.Instant) -> Step {
        touched = now
        self.stamp = stamp
        return plan(now.advanced(by: Self.quiet))
    }

    /// The planned look was taken: the stamp now, and whether the content is a whole library.
    mutating func looked(
        _ now: ContinuousClock.Instant,
        stamp: Files.Stamp?,
        isComplete: Bool
    ) -> Step {
        isPlanned = false
        guard let touched, let stamp else {
            self.touched = nil
            return .none
        }
        defer { self.stamp = stamp }
        guard stamp == self.stamp, now >= touched.advanced(by: Self.quiet) else {
            return plan(max(now, touched).advanced(by: Self.quiet))
        }
        if isComplete {
            self.touched = nil
            return .settled
        }
        guard now < touched.advanced(by: Self.patience) else {
            self.touched = nil
            return .giveUp
        }
        return plan(now.advanced(by: Self.interval))
    }

    private mutating func plan(_ moment: ContinuousClock.Instant) -> Step {
        guard !isPlanned else { return .none }
        isPlanned = true
        return .look(at: moment)
    }
}
