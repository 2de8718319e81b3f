/// Notices that the process was stopped for a while and goes on, as RunPod does with workers it revives.
///
/// Afterwards every connection is dead without knowing it, and whatever was measured by a clock is wrong.
struct ResumeWatch: Sendable {
    /// Between two looks.
    static let interval = Duration.seconds(1)
    /// A look that comes this much too late was not late because of a busy machine.
    static let tolerance = Duration.seconds(5)

    private var last: Duration?

    /// A look at the wall clock, as a time since any fixed moment: how long the process was stopped; nil: it was not.
    mutating func look(_ wall: Duration) -> Duration? {
        defer { last = wall }
        guard let last else { return nil }
        let gap = wall - last - Self.interval
        return gap > Self.tolerance ? gap : nil
    }
}
