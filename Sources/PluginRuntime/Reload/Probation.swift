/// The time after a reload in which a crash of the new generation brings the version before back.
struct Probation: Sendable {
    let generation: Generation
    let began: ContinuousClock.Instant
    let length: Duration
    /// What is started again.
    let fallback: PluginEdition
    /// The state that was handed over, for the fallback; nil when none was.
    ///
    /// Older than what was lost, and better than none.
    let state: [UInt8]?

    /// A generation died: true when the version before is to come back.
    func isFailed(by died: Generation, at now: ContinuousClock.Instant) -> Bool {
        died == generation && !isOver(at: now)
    }

    /// True when nothing leads back any more.
    func isOver(at now: ContinuousClock.Instant) -> Bool { now >= began.advanced(by: length) }
}
