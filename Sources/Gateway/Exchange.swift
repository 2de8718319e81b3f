package import MCP
package import RoostJSON
import Synchronization
package import Telemetry

/// One request of a client, from its arrival to its answer.
///
/// Ends exactly once: by a result, an error, or the client's leaving. What comes afterwards is dropped here, so nobody
/// else has to ask whether somebody still listens. Safe to use from any thread.
package final class Exchange: Sendable {
    package let request: Request
    package let client: Client
    package let endpoint: Endpoint
    /// The client's handle for progress, echoed as it came; nil when it wants none.
    package let progressToken: JSONView?
    /// The headers that must repeat annotated arguments; nil where there are none: stdio and legacy clients.
    package let mirroredHeaders: HeaderMirror.Lookup?
    /// How the request came.
    package let transport: Transport
    /// The trace that the transport's own headers name; what stands in `_meta` counts before it.
    package let carriedTrace: TraceContext?
    /// What holds for work that is a task or may become one; nil: its client waits for it.
    package let task: TaskTerms?
    /// Where the request goes on; nil: at its beginning, or as its own params say.
    let continuation: CallContinuation?

    /// How a request came.
    ///
    /// Raw values appear in logs.
    package enum Transport: String, Sendable {
        case http, stdio
        /// From the command line, for the plugins of its own process.
        case local
        /// As a job, from a queue or the job API.
        case job
    }

    private let sink: any ReplySink
    private let state = Mutex(State())

    private struct State {
        var isOver = false
        /// The code of the error it was answered with.
        var failure: RPCError.Code?
        var trace: RequestTrace?
        /// What stops the work that is under way for this request.
        var stop: (@Sendable () -> Void)?
        /// What to do when the exchange is over, in the order it was asked for.
        var afterwards: [@Sendable () -> Void] = []
    }

    package convenience init(
        _ request: Request,
        client: Client,
        endpoint: Endpoint,
        progressToken: JSONView?,
        sink: any ReplySink,
        mirroredHeaders: HeaderMirror.Lookup? = nil,
        transport: Transport = .http,
        carriedTrace: TraceContext? = nil
    ) {
        self.init(
            request,
            client: client,
            endpoint: endpoint,
            progressToken: progressToken,
            sink: sink,
            mirroredHeaders: mirroredHeaders,
            transport: transport,
            carriedTrace: carriedTrace,
            task: nil,
            continuation: nil
        )
    }

    init(
        _ request: Request,
        client: Client,
        endpoint: Endpoint,
        progressToken: JSONView?,
        sink: any ReplySink,
        mirroredHeaders: HeaderMirror.Lookup? = nil,
        transport: Transport = .http,
        carriedTrace: TraceContext? = nil,
        task: TaskTerms?,
        continuation: CallContinuation? = nil
    ) {
        self.request = request
        self.client = client
        self.endpoint = endpoint
        self.progressToken = progressToken
        self.sink = sink
        self.mirroredHeaders = mirroredHeaders
        self.transport = transport
        self.carriedTrace = carriedTrace
        self.task = task
        self.continuation = continuation
    }

    /// True once the answer was given or the client left.
    package var isOver: Bool { state.withLock { $0.isOver } }

    /// The code of the error it was answered with; nil: none, or not yet.
    package var failure: RPCError.Code? { state.withLock { $0.failure } }

    /// The span of this request; nil while no tracing is configured.
    var trace: RequestTrace? {
        get { state.withLock { $0.trace } }
        set { state.withLock { $0.trace = newValue } }
    }

    /// Answers with a result that is JSON text already.
    package func finish(result: [UInt8]) {
        guard end() else { return }
        sink.finish(MessageWriter.response(request.id, result: result), error: nil)
    }

    /// Answers with a response that is written already; `error`: its code when it is an error.
    func finish(message: [UInt8], error: RPCError.Code?) {
        guard end(failure: error) else { return }
        sink.finish(message, error: error)
    }

    /// Ends with questions for somebody else than whoever waits for the answer: for the client of a task.
    ///
    /// False when there is nobody else: then the questions are the answer.
    func handOver(_ ask: TaskAsk) -> Bool {
        guard !isOver, sink.takes(ask) else { return false }
        _ = end()
        return true
    }

    /// Answers with an error.
    package func fail(_ error: RPCError) {
        guard end(failure: error.code) else { return }
        sink.finish(MessageWriter.error(request.id, error), error: error.code)
    }

    /// Answers that the host did not let the request through.
    package func refuse(_ refusal: Refusal) {
        let error = refusal.error
        guard end(failure: error.code) else { return }
        sink.refused(refusal)
        sink.finish(MessageWriter.error(request.id, error), error: error.code)
    }

    /// Tells the client how the limits stand that its request was held to, where the transport can say it.
    package func limited(by quotas: [Quota]) {
        guard !isOver else { return }
        sink.limited(by: quotas)
    }

    /// Sends a notification that belongs to this request.
    package func notify(_ method: String, params: [UInt8]) {
        guard !isOver else { return }
        sink.send(MessageWriter.notification(method, params: params))
    }

    /// Sends a message that is written already.
    package func send(_ message: [UInt8]) {
        guard !isOver else { return }
        sink.send(message)
    }

    /// Frees the client's connection while the work goes on.
    ///
    /// False when the client cannot come back.
    package func closeStream(retry: Duration) -> Bool {
        guard !isOver else { return false }
        return sink.close(retry: retry)
    }

    /// The client left or asked for an end: stops the work, answers nothing.
    package func cancel() {
        let stop = state.withLock { $0.isOver ? nil : $0.stop }
        guard end() else { return }
        stop?()
    }

    /// Names what stops the current step of the work.
    ///
    /// When the exchange is over already, that happens at once.
    package func whenCancelled(_ stop: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if !state.isOver { state.stop = stop }
            return state.isOver
        }
        if isLate { stop() }
    }

    /// Runs `action` when the exchange is over, however it ends.
    package func afterwards(_ action: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if !state.isOver { state.afterwards.append(action) }
            return state.isOver
        }
        if isLate { action() }
    }

    private func end(failure: RPCError.Code? = nil) -> Bool {
        let actions: [@Sendable () -> Void]? = state.withLock { state in
            guard !state.isOver else { return nil }
            state.isOver = true
            state.failure = failure
            state.stop = nil
            defer { state.afterwards = [] }
            return state.afterwards
        }
        guard let actions else { return false }
        for action in actions { action() }
        return true
    }
}
