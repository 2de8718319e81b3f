import EventWaiting
import Synchronization

/// Things that arrive from outside, taken in order by one waiting test, each wait with its own bound.
final class Inbox<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isFinished = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Adds one element; ignored after the end.
    func append(_ element: Element) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.isFinished else { return nil }
            state.elements.append(element)
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Says that nothing more will come.
    func finish() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.isFinished = true
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// The next element, or nil after the end; throws when neither comes within the limit.
    func next(within limit: Duration = .seconds(60), of what: String = "something") async throws -> Element? {
        var waiting = WaitingLimit(limit)
        while true {
            let (element, isFinished) = state.withLock { state in
                (state.elements.isEmpty ? nil : state.elements.removeFirst(), state.isFinished)
            }
            if let element { return element }
            if isFinished { return nil }
            guard !waiting.hasPassed else { throw TimedOut(what: what, limit: limit) }
            waiting = await withTaskGroup(of: WaitingLimit?.self) { [waiting] group in
                group.addTask {
                    await self.arrival()
                    return nil
                }
                group.addTask {
                    var left = waiting
                    try? await left.passWhole()
                    return left
                }
                var left = waiting
                for await passed in group {
                    group.cancelAll()
                    if let passed { left = passed }
                }
                return left
            }
            try Task.checkCancellation()
        }
    }

    private func arrival() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.elements.isEmpty || state.isFinished || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }
}
