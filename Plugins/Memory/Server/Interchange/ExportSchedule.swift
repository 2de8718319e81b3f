/// Decides when the export is written: a moment after the first change, however many follow, and before the plugin stops.
///
/// ```
/// idle     --changed--> waiting --timer--> writing --written--> idle
/// writing  --failed-->  overdue --changed--> waiting
/// writing  --changed--> writing, stale --written or failed--> waiting
/// ```
package struct ExportSchedule: Sendable {
    /// What the owner does next.
    package enum Action: Sendable, Hashable {
        case nothing
        /// Call ``timerFired()`` after the delay.
        case startTimer
        /// Write the export, then call ``written(_:)``.
        case write
    }

    private enum State {
        case idle
        case waiting
        case overdue
        case writing(isStale: Bool)
    }

    private var state = State.idle

    package init() {}

    /// The graph changed.
    package mutating func changed() -> Action {
        switch state {
        case .idle, .overdue:
            state = .waiting
            return .startTimer
        case .waiting: return .nothing
        case .writing:
            state = .writing(isStale: true)
            return .nothing
        }
    }

    /// The delay has passed.
    package mutating func timerFired() -> Action {
        guard case .waiting = state else { return .nothing }
        state = .writing(isStale: false)
        return .write
    }

    /// The export was written, or it failed; then the next change or the stop tries again.
    package mutating func written(_ succeeded: Bool) -> Action {
        guard case .writing(let isStale) = state else { return .nothing }
        if isStale {
            state = .waiting
            return .startTimer
        }
        state = succeeded ? .idle : .overdue
        return .nothing
    }

    /// The plugin stops: what is due is written now.
    package mutating func stop() -> Action {
        switch state {
        case .idle, .writing: return .nothing
        case .waiting, .overdue:
            state = .writing(isStale: false)
            return .write
        }
    }
}
