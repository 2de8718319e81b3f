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
    func next(within limit: Duration = .seconds(15), of what: String = "something") async throws -> Element? {
        let deadline = ContinuousClock.now + limit
        while true {
            let (element, isFinished) = state.withLock { state in
                (state.elements.isEmpty ? nil : state.elements.removeFirst(), state.isFinished)
            }
            if let element { return element }
            if isFinished { return nil }
            guard ContinuousClock.now < deadline else { throw TimedOut(what: what, limit: limit) }
            await withTaskGroup { group in
                group.addTask { await self.arrival() }
                group.addTask { try? await Task.sleep(until: deadline) }
                await group.next()
                group.cancelAll()
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
