import Gateway
import MCP
import RoostJSON
import Synchronization

/// Asks the gateway something in the name of a job, and waits for the answer.
struct JobExchange: Sendable {
    let gateway: Gateway
    let endpoint: Endpoint

    /// The answer as a whole JSON-RPC message; nil after a cancellation.
    ///
    /// `message` hears every notification that belongs to the request. Cancelling the task that awaits this cancels the
    /// plugin's call.
    func ask(
        _ request: Request,
        by client: Client,
        progressToken: JSONView?,
        message: @escaping @Sendable ([UInt8]) -> Void
    ) async -> [UInt8]? {
        let reply = JobReply(message)
        let exchange = Exchange(
            request,
            client: client,
            endpoint: endpoint,
            progressToken: progressToken,
            sink: reply,
            transport: .job
        )
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                reply.begin(continuation)
                gateway.handle(exchange)
            }
        } onCancel: {
            exchange.cancel()
            reply.cancel()
        }
    }
}

/// Takes the one answer of an exchange, or its cancellation, whichever is first.
private final class JobReply: ReplySink {
    private struct State {
        var continuation: CheckedContinuation<[UInt8]?, Never>?
        var isCancelled = false
    }

    private let state = Mutex(State())
    private let message: @Sendable ([UInt8]) -> Void

    init(_ message: @escaping @Sendable ([UInt8]) -> Void) { self.message = message }

    func begin(_ continuation: CheckedContinuation<[UInt8]?, Never>) {
        let isLate = state.withLock { state in
            if !state.isCancelled { state.continuation = continuation }
            return state.isCancelled
        }
        if isLate { continuation.resume(returning: nil) }
    }

    func cancel() {
        state.withLock { $0.isCancelled = true }
        end(nil)
    }

    func send(_ message: [UInt8]) { self.message(message) }
    func finish(_ message: [UInt8], error: RPCError.Code?) { end(message) }
    func close(retry: Duration) -> Bool { false }

    private func end(_ answer: [UInt8]?) {
        let continuation = state.withLock { state in
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: answer)
    }
}
