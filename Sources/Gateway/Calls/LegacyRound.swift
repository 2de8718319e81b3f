import MCP
import RoostJSON
import Synchronization

/// Collects a legacy client's answers to the requests of one round.
///
/// Ends exactly once.
final class LegacyRound: Sendable {
    enum Ending: Sendable {
        /// A JSON object of results by key.
        case answered([UInt8])
        /// The client refused one of the requests, in its own words.
        case refused(String)
        case late
    }

    private struct State {
        var answers: [String: [UInt8]] = [:]
        var sent: [RequestID] = []
        var isOver = false
    }

    private let keys: [String]
    private let ended: @Sendable (Ending) -> Void
    private let state = Mutex(State())

    init(keys: [String], ended: @escaping @Sendable (Ending) -> Void) {
        self.keys = keys
        self.ended = ended
    }

    /// Keeps the id of a request of this round.
    func sent(_ id: RequestID) { state.withLock { $0.sent.append(id) } }

    /// Takes an answer of the client.
    func take(_ response: Response, for key: String) {
        let ending: Ending? = state.withLock { state in
            guard !state.isOver else { return nil }
            guard let result = response.result else {
                state.isOver = true
                return .refused(response.error?.message ?? "no result")
            }
            state.answers[key] = Array(result.bytes)
            guard state.answers.count == keys.count else { return nil }
            state.isOver = true
            var writer = JSONWriter()
            writer.object { object in
                for key in keys { object.member(key, raw: state.answers[key] ?? Array("null".utf8)) }
            }
            return .answered(writer.bytes)
        }
        if let ending { ended(ending) }
    }

    /// Gives up because the client took too long.
    func expire(_ requests: ClientRequests) {
        if close(requests) { ended(.late) }
    }

    /// Gives up because nobody waits for the result any more.
    func abandon(_ requests: ClientRequests) { _ = close(requests) }

    private func close(_ requests: ClientRequests) -> Bool {
        let sent: [RequestID]? = state.withLock { state in
            guard !state.isOver else { return nil }
            state.isOver = true
            return state.sent
        }
        for id in sent ?? [] { requests.forget(id) }
        return sent != nil
    }
}
