import RoostKit
import Synchronization

/// Keeps the record for all threads, and wakes those who wait for something in it.
final class HostRecorder: Sendable {
    private struct Waiter: Sendable {
        let id: Int
        let holds: @Sendable (HostRecord) -> Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Content: Sendable {
        var record = HostRecord()
        var waiters: [Waiter] = []
        var nextWaiter = 0
    }

    private let content = Mutex(Content())

    var record: HostRecord { content.withLock { $0.record } }

    /// What was logged, for messages.
    var words: String { record.logs.map(\.text).joined(separator: "\n") }

    func open(logLevel: LogLevel?) -> UInt64 { change { $0.begin(logLevel: logLevel) } }

    func cancel(_ call: UInt64) { change { $0.cancel(call) } }

    /// Changes the record and wakes whom it concerns.
    func change<Result: Sendable>(_ body: @Sendable (inout HostRecord) -> Result) -> Result {
        let (result, woken) = content.withLock { content in
            let result = body(&content.record)
            let woken = content.waiters.filter { $0.holds(content.record) }
            content.waiters.removeAll { waiter in woken.contains { $0.id == waiter.id } }
            return (result, woken)
        }
        for waiter in woken { waiter.continuation.resume(returning: true) }
        return result
    }

    /// Waits until something holds.
    ///
    /// - Throws: ``HarnessError`` when it does not within the limit.
    func wait(
        within limit: Duration,
        _ what: String,
        until holds: @escaping @Sendable (HostRecord) -> Bool
    ) async throws {
        let id = content.withLock { content in
            content.nextWaiter += 1
            return content.nextWaiter
        }
        let timer = Task {
            try await Self.pass(limit)
            giveUp(id)
        }
        defer { timer.cancel() }
        let came = await withCheckedContinuation { continuation in
            let holdsNow = content.withLock { content in
                if holds(content.record) { return true }
                content.waiters.append(Waiter(id: id, holds: holds, continuation: continuation))
                return false
            }
            if holdsNow { continuation.resume(returning: true) }
        }
        guard came else { throw HarnessError("Expected \(what) within \(limit), found none. \(words)") }
    }

    /// Lets a time pass in steps: a pause in which nothing of this process ran counts as one, and not as an event that did not come.
    private static func pass(_ limit: Duration) async throws {
        var left = limit
        while left > .zero {
            let step = min(left, .milliseconds(100))
            try await Task.sleep(for: step)
            left -= step
        }
    }

    private func giveUp(_ id: Int) {
        let waiter = content.withLock { content in
            let waiter = content.waiters.first { $0.id == id }
            content.waiters.removeAll { $0.id == id }
            return waiter
        }
        waiter?.continuation.resume(returning: false)
    }
}
