import NIOHTTP1
import Synchronization

/// Takes the one answer to a request that came over no connection.
///
/// Ends exactly once, by the answer or by a cancellation, whichever is first; safe to use from any thread.
final class LocalOutput: Sendable {
    private struct State {
        var continuation: CheckedContinuation<LocalAnswer?, Never>?
        var isOver = false
        var isCancelled = false
        var stream: LocalAnswer?
        var work: (any InFlight)?
    }

    private let state = Mutex(State())
    private let event: @Sendable ([UInt8]) -> Void

    init(_ event: @escaping @Sendable ([UInt8]) -> Void) { self.event = event }

    func begin(_ continuation: CheckedContinuation<LocalAnswer?, Never>) {
        let isLate = state.withLock { state in
            if !state.isCancelled { state.continuation = continuation }
            return state.isCancelled
        }
        if isLate { continuation.resume(returning: nil) }
    }

    /// Names what is under way; nil: nothing any more.
    func works(on work: (any InFlight)?) {
        let isLate = state.withLock { state in
            if !state.isOver { state.work = work }
            return state.isCancelled
        }
        if isLate { work?.abandon() }
    }

    func cancel() {
        let work = state.withLock { state in
            state.isCancelled = true
            return state.work
        }
        work?.abandon()
        end(nil)
    }

    func write(_ response: HTTPResponse, isHead: Bool) {
        end(
            LocalAnswer(
                status: Int(response.status.code),
                contentType: response.contentType,
                headers: response.headers,
                body: isHead ? [] : response.body,
                isStream: false
            )
        )
    }

    func beginStream(_ headers: [(name: String, value: String)]) {
        state.withLock { state in
            state.stream = LocalAnswer(
                status: 200,
                contentType: "text/event-stream",
                headers: headers,
                body: [],
                isStream: true
            )
        }
    }

    /// Takes one event as it would be written.
    func writeStream(_ text: [UInt8]) {
        if let data = ServerSentEvent.data(in: text) { event(data) }
    }

    func endStream() {
        let answer = state.withLock { $0.stream }
        end(answer)
    }

    /// The host closes what would be a connection.
    func close() { end(state.withLock { $0.stream }) }

    private func end(_ answer: LocalAnswer?) {
        let continuation = state.withLock { state in
            state.isOver = true
            state.work = nil
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: answer)
    }
}
