import CRoost
import OutboundHTTP
import Synchronization

/// A plugin's handler for one request, and what was collected for it.
///
/// Invariants behind @unchecked Sendable: the handler is a copy that nobody changes; its functions are called under the lock,
/// so one at a time, and none once the end was told. Nothing that a plugin calls from inside them takes this lock.
final class HTTPReceiver: @unchecked Sendable {
    private struct State {
        var answer: OutboundResponse?
        var window = HTTPWindow()
        var isDone = false
    }

    let call: CallToken
    private let handler: roost_http_handler
    private let streams: Bool
    private let state = Mutex(State())
    /// Room for a streamed body; apart, because a plugin writes from inside its handler.
    private let room = Mutex(HTTPWindow())

    init(_ handler: roost_http_handler, call: CallToken, streams: Bool) {
        self.handler = handler
        self.call = call
        self.streams = streams
    }

    func head(_ number: UInt64, _ answer: OutboundResponse) {
        state.withLock { state in
            guard !state.isDone else { return }
            guard streams else { return state.answer = answer }
            guard let onHead = handler.on_head else { return }
            HTTPAnswerBlock.lend(answer) { onHead(handler.context, number, $0) }
        }
    }

    /// Takes a piece; true when the plugin has it, and says itself when it is done with it.
    func body(_ number: UInt64, _ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            guard !state.isDone else { return false }
            guard streams else {
                state.answer?.body += bytes
                return false
            }
            guard let onBody = handler.on_body else { return false }
            bytes.withUnsafeBufferPointer {
                onBody(handler.context, number, roost_view(data: $0.baseAddress, size: $0.count))
            }
            return true
        }
    }

    func room(_ number: UInt64, _ count: Int) {
        _ = room.withLock { $0.consumed(count) }
        state.withLock { state in
            guard !state.isDone, let onRoom = handler.on_room else { return }
            onRoom(handler.context, number, UInt64(count))
        }
    }

    /// Takes room for a piece of a streamed body; false when there is not so much.
    func takeRoom(_ count: Int) -> Bool {
        room.withLock { room in
            guard count <= room.room else { return false }
            room.sent(count)
            return true
        }
    }

    func done(_ number: UInt64, _ failure: OutboundFailure?) {
        state.withLock { state in
            guard !state.isDone else { return }
            state.isDone = true
            let message = Array((failure?.message ?? "").utf8)
            message.withUnsafeBufferPointer { bytes in
                let words = roost_view(data: bytes.baseAddress, size: bytes.count)
                let cause = failure?.cause.code ?? 0
                guard failure == nil, let answer = state.answer else {
                    return handler.on_done(handler.context, number, cause, words, nil)
                }
                HTTPAnswerBlock.lend(answer) { handler.on_done(handler.context, number, cause, words, $0) }
            }
            state.answer = nil
        }
    }
}
