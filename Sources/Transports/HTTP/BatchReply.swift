import Gateway
import MCP
import Synchronization

/// Collects the answers to an array of messages (2025-03-26 only) into one array, in the order they come.
final class BatchReply: ReplySink {
    private struct State {
        var open: Int
        var answers: [[UInt8]]
    }

    private let reply: HTTPReply
    private let state: Mutex<State>

    /// Waits for as many answers as there are requests, after those that are known already.
    init(_ reply: HTTPReply, requests: Int, answers: [[UInt8]]) {
        self.reply = reply
        state = Mutex(State(open: requests, answers: answers))
    }

    func send(_ message: [UInt8]) { reply.send(message) }

    func finish(_ message: [UInt8], error: RPCError.Code?) {
        let whole: [[UInt8]]? = state.withLock { state in
            state.answers.append(message)
            state.open -= 1
            return state.open == 0 ? state.answers : nil
        }
        if let whole { reply.finish(Self.array(of: whole), error: nil) }
    }

    func close(retry: Duration) -> Bool { false }

    static func array(of answers: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for (place, answer) in answers.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: answer)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
