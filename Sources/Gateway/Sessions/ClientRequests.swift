package import MCP
import RoostJSON
import Synchronization

/// Requests of the server that wait for a legacy client's answer.
package final class ClientRequests: Sendable {
    private let state = Mutex(State())

    private struct State {
        var next: Int64 = 1
        var waiting: [RequestID: @Sendable (Response) -> Void] = [:]
    }

    package init() {}

    /// Takes an id for a new request and keeps who waits for its answer.
    package func open(_ answered: @escaping @Sendable (Response) -> Void) -> RequestID {
        state.withLock { state in
            let id = RequestID.string("roost-\(state.next)")
            state.next += 1
            state.waiting[id] = answered
            return id
        }
    }

    /// Hands an answer to who waits for it.
    ///
    /// False when nobody does.
    @discardableResult
    package func resolve(_ response: Response) -> Bool {
        guard let id = response.id, let answered = state.withLock({ $0.waiting.removeValue(forKey: id) })
        else {
            return false
        }
        answered(response)
        return true
    }

    /// Stops waiting.
    package func forget(_ id: RequestID) { state.withLock { $0.waiting[id] = nil } }
}
