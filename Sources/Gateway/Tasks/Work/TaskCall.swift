import MCP
import RoostJSON
import Synchronization

/// A call whose client knows tasks, from its beginning until it is answered or is a task.
///
/// Stands between the client's exchange and one that belongs to the work, so that the client can be answered while the work
/// goes on.
///
/// ```
///            ┌────────────── ends, or asks ───────────────┬──> over: the client has its answer
/// attached ──┴── takes long, or its tool says so ──> creating ── kept ──> detached: what comes is the task's
///    ^                                                    │
///    └───────────────── the store fails ──────────────────┘
/// ```
///
/// Work that ends while its task is being kept is answered at once, and the task forgotten: nobody has heard of it.
final class TaskCall: ReplySink {
    private enum Phase {
        case attached, creating, over
        case detached(TaskRun)
    }

    private struct State {
        var phase = Phase.attached
        /// The exchange of the work, until that ends.
        var work: Exchange?
        var refusal: Refusal?
    }

    private let client: Exchange
    private let service: TaskService
    private let request: TaskRequest
    private let result: ModernResult
    /// True when clients without tasks are refused: then no answer may be given without one.
    private let isRequired: Bool
    private let goOn: @Sendable (TaskEntry) -> Void
    private let state = Mutex(State())

    /// Begins attached; no work begins before ``makeWork(patience:)``.
    ///
    /// `result`: writes results in the name of the client's endpoint. `goOn`: as of ``TaskRun``.
    init(
        _ client: Exchange,
        _ request: TaskRequest,
        result: ModernResult,
        isRequired: Bool,
        service: TaskService,
        goOn: @escaping @Sendable (TaskEntry) -> Void
    ) {
        self.client = client
        self.request = request
        self.result = result
        self.isRequired = isRequired
        self.service = service
        self.goOn = goOn
    }

    /// Makes the exchange the work belongs to.
    ///
    /// `patience`: how long the client waits before there is a task; nil: there is one as soon as policies let the call
    /// through.
    func makeWork(patience: Duration?) -> Exchange {
        let work = Exchange(
            client.request,
            client: client.client,
            endpoint: client.endpoint,
            // Reports become the task's message, whether or not the client asked for progress.
            progressToken: client.progressToken ?? TaskRun.progressToken,
            sink: self,
            mirroredHeaders: client.mirroredHeaders,
            transport: client.transport,
            carriedTrace: client.carriedTrace,
            task: TaskTerms(deadline: service.settings.deadline, admission: patience == nil ? self : nil)
        )
        work.trace = client.trace
        state.withLock { $0.work = work }
        work.afterwards { [weak self] in self?.state.withLock { $0.work = nil } }
        client.whenCancelled { [weak work] in work?.cancel() }
        // The timer keeps nothing alive of a call that was answered long before.
        if let patience { service.after(patience) { [weak self] in self?.makeTask { _ in } } }
        return work
    }

    /// Makes a task of it, unless it is over or is one.
    ///
    /// `then` hears why the work must not go on; nil when it may.
    func makeTask(_ then: @escaping @Sendable (_ failure: String?) -> Void) {
        let begins = state.withLock { state in
            guard case .attached = state.phase else { return false }
            state.phase = .creating
            return true
        }
        guard begins else { return then(nil) }
        Task { [self] in
            do {
                detach(try await service.create(request, owner: client.client.principal))
                then(nil)
            } catch {
                state.withLock { if case .creating = $0.phase { $0.phase = .attached } }
                then(isRequired ? "the task could not be kept (\(error)); try again later" : nil)
            }
        }
    }

    /// The task is kept: its client gets the handle, and the work is the task's from now on.
    private func detach(_ entry: TaskEntry) {
        let run = TaskRun(entry, service: service, goOn: goOn)
        let (isTask, work) = state.withLock { state in
            guard case .creating = state.phase, !client.isOver else { return (false, state.work) }
            state.phase = .detached(run)
            return (true, state.work)
        }
        guard isTask else {
            if client.isOver { work?.cancel() }
            return service.forget(entry)
        }
        service.adopt(run)
        if let work { run.attach(work) }
        client.finish(
            result: result.complete(type: "task") { object in
                entry.write(to: &object, service.settings, detailed: false)
            }
        )
    }

    /// The task that hears of the work; nil: the client does.
    ///
    /// `ends`: it hears the last of it, and no task begins any more.
    private func listener(ends: Bool) -> TaskRun? {
        state.withLock { state in
            if case .detached(let run) = state.phase { return run }
            if ends { state.phase = .over }
            return nil
        }
    }

    // MARK: What the work says

    func send(_ message: [UInt8]) {
        if let run = listener(ends: false) { return run.send(message) }
        // Without a token of its own the client wants no progress; only the task does.
        guard client.progressToken != nil || !TaskRun.isProgress(message) else { return }
        client.send(message)
    }

    func finish(_ message: [UInt8], error: RPCError.Code?) {
        if let run = listener(ends: true) { return run.finish(message, error: error) }
        if let refusal = state.withLock({ $0.refusal }) { return client.refuse(refusal) }
        client.finish(message: message, error: error)
    }

    func takes(_ ask: TaskAsk) -> Bool { listener(ends: true)?.takes(ask) ?? false }

    func refused(_ refusal: Refusal) { state.withLock { $0.refusal = refusal } }

    func limited(by quotas: [Quota]) { client.limited(by: quotas) }

    func close(retry: Duration) -> Bool { false }
}
