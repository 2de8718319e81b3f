import OutboundHTTP
import Synchronization

/// A request under way whose answer is awaited in one place and may be given up in another.
final class PendingAnswer: Sendable {
    typealias Answer = Result<OutboundResponse, OutboundFailure>

    private enum State {
        case open
        case awaited(CheckedContinuation<Answer, Never>)
        case answered(Answer)
    }

    private let state = Mutex(State.open)
    private let transfer = Mutex<(any OutboundTransfer)?>(nil)

    init(_ request: OutboundRequest, on client: any OutboundClient) {
        let begun = client.send(request) { [self] in answer($0) }
        transfer.withLock { $0 = begun }
    }

    /// The answer; asked for once.
    var answer: Answer {
        get async {
            await withCheckedContinuation { continuation in
                let early = state.withLock { state -> Answer? in
                    if case .answered(let answer) = state { return answer }
                    state = .awaited(continuation)
                    return nil
                }
                if let early { continuation.resume(returning: early) }
            }
        }
    }

    /// Takes an answer that is on its way and waits for no other.
    func hangUp() { transfer.withLock { $0 }?.hangUp() }

    func cancel() { transfer.withLock { $0 }?.cancel() }

    private func answer(_ answer: Answer) {
        let waiting = state.withLock { state -> CheckedContinuation<Answer, Never>? in
            defer { state = .answered(answer) }
            if case .awaited(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume(returning: answer)
    }
}
