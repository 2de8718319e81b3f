import EventWaiting
import Synchronization

/// Collects what happens and lets a test wait for it, for a bounded time.
final class Recorder<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var waiters: [UInt64: Waiter] = [:]
        var next: UInt64 = 0
    }

    private struct Waiter {
        var isMet: @Sendable ([Element]) -> Bool
        var continuation: CheckedContinuation<Bool, Never>
    }

    private let state = Mutex(State())

    var elements: [Element] { state.withLock { $0.elements } }

    func append(_ element: Element) {
        let met = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
            state.elements.append(element)
            let met = state.waiters.filter { $0.value.isMet(state.elements) }
            for key in met.keys { state.waiters[key] = nil }
            return met.values.map(\.continuation)
        }
        for continuation in met { continuation.resume(returning: true) }
    }

    /// Waits until what was collected meets a condition.
    ///
    /// - Throws: ``Overdue`` when it does not within `limit`.
    func wait(
        within limit: Duration = .seconds(60),
        until isMet: @escaping @Sendable ([Element]) -> Bool
    ) async throws {
        let key = state.withLock { state in
            state.next += 1
            return state.next
        }
        let timer = Task {
            var waiting = WaitingLimit(limit)
            try await waiting.passWhole()
            state.withLock { $0.waiters.removeValue(forKey: key) }?.continuation.resume(returning: false)
        }
        let came = await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
            let isThere = state.withLock { state -> Bool in
                if isMet(state.elements) { return true }
                state.waiters[key] = Waiter(isMet: isMet, continuation: continuation)
                return false
            }
            if isThere { continuation.resume(returning: true) }
        }
        timer.cancel()
        guard came else { throw Overdue() }
    }

    /// What a test waited for did not come in time.
    struct Overdue: Error {}
}
