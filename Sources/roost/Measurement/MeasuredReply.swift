import Gateway
import MCP
import Synchronization

/// Takes one answer; whoever waits for it waits only when it is not there yet.
final class MeasuredReply: ReplySink {
    private enum State {
        case open
        case awaited(CheckedContinuation<[UInt8], Never>)
        case answered([UInt8])
    }

    private let state = Mutex(State.open)

    var message: [UInt8] {
        get async {
            if case .answered(let message) = state.withLock({ $0 }) { return message }
            return await withCheckedContinuation { continuation in
                let message: [UInt8]? = state.withLock { state in
                    if case .answered(let message) = state { return message }
                    state = .awaited(continuation)
                    return nil
                }
                if let message { continuation.resume(returning: message) }
            }
        }
    }

    func send(_ message: [UInt8]) {}

    func finish(_ message: [UInt8], error: RPCError.Code?) {
        let waiter: CheckedContinuation<[UInt8], Never>? = state.withLock { state in
            defer { state = .answered(message) }
            if case .awaited(let continuation) = state { return continuation }
            return nil
        }
        waiter?.resume(returning: message)
    }

    func close(retry: Duration) -> Bool { false }
}
