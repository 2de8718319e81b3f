/// Requests to reload one plugin: one reload at a time, and those that come meanwhile share the next.
///
/// A reload that is under way may have read the library before the request came, so it cannot answer it.
///
/// ```
/// ask ──▶ begin ─────────────────────────▶ ended ──▶ (idle)
///              ask, ask ──▶ wait for the next ──┴──▶ begin
/// ```
struct ReloadRequests<Request: Sendable>: Sendable {
    private enum State: Sendable {
        case idle
        case running
        /// The latest request counts: it names what is wanted now.
        case asked(Request)
    }

    private var state = State.idle

    /// True when the reload is to begin now; otherwise ``ended()`` gives it.
    mutating func ask(_ request: Request) -> Bool {
        guard case .idle = state else {
            state = .asked(request)
            return false
        }
        state = .running
        return true
    }

    /// A reload has ended: the one to begin now, or nil.
    mutating func ended() -> Request? {
        guard case .asked(let request) = state else {
            state = .idle
            return nil
        }
        state = .running
        return request
    }
}
