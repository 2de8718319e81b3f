/// Decides whether and when a plugin that died is started again.
///
/// A pure state machine, one per plugin. Today every plugin is started again by the next call that needs it; a budget and a
/// growing pause belong here, and nowhere else.
struct RestartPolicy: Sendable {
    /// What to do for a call that needs the plugin.
    enum Decision: Sendable, Equatable {
        case start
        /// Fail the call with this reason, the rest of a sentence after the plugin's name.
        case refuse(String)
    }

    /// How often the plugin died since the host began.
    private(set) var deaths = 0

    /// The plugin died, or did not come up.
    mutating func died(at now: ContinuousClock.Instant) { deaths += 1 }

    /// A call needs the plugin and it does not run.
    func decide(at now: ContinuousClock.Instant) -> Decision { .start }
}
