/// Where a piece of work stands, and where it may go from there.
///
/// ```
///            ┌──────────────(given back, retried)─────────────┐
///            ▼                                                │
/// add ──> queued ──claim──> working <──answers── inputRequired
///            │                 │  └──questions──────▲    │
///            └─────────────────┴──────────────────────────┴──> completed · failed · cancelled · timedOut
/// ```
///
/// A task begins as working; only jobs wait in a queue. Raw values stand in stores: never change one.
package enum WorkState: String, Sendable, Hashable, CaseIterable {
    /// Nobody has begun.
    case queued
    /// Somebody who holds a lease is at it.
    case working
    /// It waits for answers of its owner.
    case inputRequired
    case completed
    case failed
    case cancelled
    /// It took longer than it was allowed to.
    case timedOut

    /// True when nothing happens any more unless somebody asks for another try.
    package var isFinal: Bool {
        switch self {
        case .queued, .working, .inputRequired: false
        case .completed, .failed, .cancelled, .timedOut: true
        }
    }

    /// Whether work in this state may pass to `next`.
    package func mayBecome(_ next: WorkState) -> Bool {
        switch (self, next) {
        case (.queued, .working), (.working, .queued), (.inputRequired, .queued): true
        case (.working, .inputRequired), (.inputRequired, .working): true
        // Another try of what did not end well.
        case (.failed, .queued), (.timedOut, .queued): true
        case (.queued, .completed): false
        case (.queued, _), (.working, _), (.inputRequired, _): next.isFinal
        case (.completed, _), (.cancelled, _), (.failed, _), (.timedOut, _): false
        }
    }
}
