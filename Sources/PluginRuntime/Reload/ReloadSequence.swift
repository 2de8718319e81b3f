/// The steps of one reload of one plugin, and what follows each.
///
/// A pure state machine: whoever drives it does what a step asks for and says how it went; the time comes in as an argument.
///
/// ```
///            prepared        tried                started
/// prepare ──────────▶ trial ──────▶ start ──────────────────────▶ switchOver ──▶ ended
///    │                 (where a crash would          │ both keep state    ▲
///    │                  hit others)                  ▼                    │
///    │                                             hold ──▶ handOver ─────┘
///    ▼                                          no call begins; the old one finishes those it has
///  ended      a step that fails ──▶ undo ──▶ ended: the old generation serves as if nothing had been
/// ```
///
/// State is handed over while nothing runs, never as a snapshot beside running calls: what such a call changes after the
/// snapshot would be lost although its caller was told that it happened. The price is that calls wait for as long as the
/// slowest one that runs, at most ``patience``; then the reload is given up rather than a change.
struct ReloadSequence: Sendable {
    /// How long calls are held back while the old generation finishes those it has.
    static let patience = Duration.seconds(5)

    /// What to do next.
    enum Step: Sendable, Equatable {
        /// Copy the library to its content-addressed path and verify it.
        case prepare
        /// Start it in a cell of its own and stop it again, because its crash would hit others where it will live.
        case trial
        /// Start it beside the old generation and read its manifest.
        case start
        /// Let no call begin, and wait for those that run, at most until then.
        case hold(until: ContinuousClock.Instant)
        /// Export the old generation's state and import it into the new one.
        case handOver
        /// Give new calls to the new generation, in one step; let the old one drain and stop it.
        case switchOver
        /// Let calls begin again when they are held, and stop the new generation when there is one.
        case undo
        case end(Ending)
    }

    /// How a reload ended.
    enum Ending: Sendable, Equatable {
        case reloaded
        /// The library and its settings are those that run already.
        case unchanged
        /// The old generation goes on; why, in words.
        case refused(String)
    }

    /// How a step went.
    enum Event: Sendable, Equatable {
        case prepared(isNew: Bool, needsTrial: Bool)
        case tried
        /// The new generation runs. `old` and `new` tell whether each can hand its state over; `old` is false when none runs.
        case started(old: Bool, new: Bool)
        /// The wait is over: so many calls the old generation still has.
        case held(calls: Int)
        case handedOver
        case switched
        case undone
        case failed(String)
        /// The host or the plugin is being stopped.
        case cancelled
    }

    private enum Phase: Equatable {
        case preparing, trying, starting, holding, handingOver, switching
        case undoing(because: String)
        case ended
    }

    private var phase = Phase.preparing
    private(set) var times: Times

    /// When each part of the reload was over.
    struct Times: Sendable, Equatable {
        var began: ContinuousClock.Instant
        var prepared: ContinuousClock.Instant?
        var started: ContinuousClock.Instant?
        /// When calls began to be held back; nil when none were.
        var held: ContinuousClock.Instant?
        var ended: ContinuousClock.Instant?
    }

    /// Begins with ``Step/prepare``.
    init(at now: ContinuousClock.Instant) { times = Times(began: now) }

    /// A step is done: the next one.
    ///
    /// An event that fits no step is a fault of the driver, and ends the reload.
    mutating func take(_ event: Event, at now: ContinuousClock.Instant) -> Step {
        switch (phase, event) {
        case (.undoing(let reason), _): return end(.refused(reason), now)
        case (_, .failed(let reason)): return giveUp(because: reason, now)
        case (_, .cancelled): return giveUp(because: "the host is stopping", now)
        case (.preparing, .prepared(let isNew, let needsTrial)):
            times.prepared = now
            guard isNew else { return end(.unchanged, now) }
            phase = needsTrial ? .trying : .starting
            return needsTrial ? .trial : .start
        case (.trying, .tried):
            phase = .starting
            return .start
        case (.starting, .started(let old, let new)):
            times.started = now
            guard old, new else { return switchOver() }
            times.held = now
            phase = .holding
            return .hold(until: now.advanced(by: Self.patience))
        case (.holding, .held(calls: 0)):
            phase = .handingOver
            return .handOver
        case (.holding, .held(let calls)):
            return giveUp(
                because: """
                    it keeps state, and \(calls) call(s) of it still ran after \(Self.patience): handing the state over now \
                    could lose what they change. Reload it at a quieter moment
                    """,
                now
            )
        case (.handingOver, .handedOver): return switchOver()
        case (.switching, .switched): return end(.reloaded, now)
        default: return giveUp(because: "\(event) does not follow \(phase)", now)
        }
    }

    private mutating func switchOver() -> Step {
        phase = .switching
        return .switchOver
    }

    private mutating func giveUp(because reason: String, _ now: ContinuousClock.Instant) -> Step {
        switch phase {
        case .preparing, .trying: return end(.refused(reason), now)
        default:
            phase = .undoing(because: reason)
            return .undo
        }
    }

    private mutating func end(_ ending: Ending, _ now: ContinuousClock.Instant) -> Step {
        phase = .ended
        times.ended = now
        return .end(ending)
    }
}
