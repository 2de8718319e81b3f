/// Decides whether and when a plugin that died is started again.
///
/// A pure state machine, one per plugin; the clock and the dice come in as arguments.
///
/// ```
///             died                        died, the budget is spent
///   runs ───────────────▶ pausing ───────────────────────────────────▶ quarantined
///     ▲                      │                                              │
///     └── the pause is over ─┘◀──────────── forgive: an operator, a reload ─┘
/// ```
/// A death is forgotten when the window has passed since: who runs that long without another has the whole budget again.
struct RestartPolicy: Sendable {
    /// What to do for a call that needs the plugin.
    enum Decision: Sendable, Equatable {
        case start
        /// Start at this moment, not before.
        case wait(until: ContinuousClock.Instant)
        case refuse(Quarantine)
    }

    /// Why a plugin is not started any more.
    struct Quarantine: Sendable, Equatable {
        /// The last death's reason.
        var cause: String
        /// Deaths within the window.
        var deaths: Int
        var within: Duration

        /// What to tell whoever needs the plugin: the rest of a sentence after its name.
        func sentence(for alias: String) -> String {
            """
            is in quarantine after \(deaths) crashes within \(within) (the last: \(cause)). An operator can start it again \
            with: roost restart \(alias)
            """
        }
    }

    /// Changes with a reload; what was counted stays.
    var settings: RestartSettings
    /// How often the plugin died since the host began.
    private(set) var deaths = 0
    private(set) var quarantine: Quarantine?
    private var recent: [ContinuousClock.Instant] = []
    private var notBefore: ContinuousClock.Instant?

    init(_ settings: RestartSettings = RestartSettings()) { self.settings = settings }

    /// The plugin died, or did not come up.
    ///
    /// `chance` lies in 0..<1 and chooses the pause, so that the plugins of many hosts do not come back as one.
    mutating func died(at now: ContinuousClock.Instant, because reason: String, chance: Double) {
        deaths += 1
        forget(at: now)
        recent.append(now)
        guard recent.count <= settings.max else {
            quarantine = Quarantine(cause: reason, deaths: recent.count, within: settings.within)
            return
        }
        var longest = settings.backoff.lowerBound
        for _ in 1..<recent.count where longest < settings.backoff.upperBound { longest *= 2 }
        notBefore = now.advanced(by: min(longest, settings.backoff.upperBound) * chance)
    }

    /// A call needs the plugin and it does not run.
    func decide(at now: ContinuousClock.Instant) -> Decision {
        if let quarantine { return .refuse(quarantine) }
        if let notBefore, notBefore > now { return .wait(until: notBefore) }
        return .start
    }

    /// An operator or a new version wants it to be tried again: the whole budget is back.
    mutating func forgive() {
        quarantine = nil
        recent = []
        notBefore = nil
    }

    private mutating func forget(at now: ContinuousClock.Instant) {
        recent.removeAll { $0.advanced(by: settings.within) <= now }
    }
}
