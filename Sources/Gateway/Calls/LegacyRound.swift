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
        /// Nil once the round is over; so nothing is kept alive by a timer that goes off later.
        var ended: (@Sendable (Ending) -> Void)?
    }

    private let keys: [String]
    private let state: Mutex<State>

    init(keys: [String], ended: @escaping @Sendable (Ending) -> Void) {
        self.keys = keys
        state = Mutex(State(ended: ended))
    }

    /// Keeps the id of a request of this round.
    func sent(_ id: RequestID) { state.withLock { $0.sent.append(id) } }

    /// Takes an answer of the client.
    func take(_ response: Response, for key: String) {
        let report: (() -> Void)? = state.withLock { state in
            guard let ended = state.ended else { return nil }
            guard let result = response.result else {
                state.ended = nil
                return { ended(.refused(response.error?.message ?? "no result")) }
            }
            state.answers[key] = Array(result.bytes)
            guard state.answers.count == keys.count else { return nil }
            state.ended = nil
            var writer = JSONWriter()
            writer.object { object in
                for key in keys { object.member(key, raw: state.answers[key] ?? Array("null".utf8)) }
            }
            return { [bytes = writer.bytes] in ended(.answered(bytes)) }
        }
        report?()
    }

    /// Gives up because the client took too long.
    func expire(_ requests: ClientRequests) { close(requests)?(.late) }

    /// Gives up because nobody waits for the result any more.
    func abandon(_ requests: ClientRequests) { _ = close(requests) }

    /// Ends the round, and hands back who wanted to hear of its end; nil when it was over already.
    private func close(_ requests: ClientRequests) -> (@Sendable (Ending) -> Void)? {
        let (ended, sent) = state.withLock { state in
            defer { state.ended = nil }
            return (state.ended, state.ended == nil ? [] : state.sent)
        }
        for id in sent { requests.forget(id) }
        return ended
    }
}
