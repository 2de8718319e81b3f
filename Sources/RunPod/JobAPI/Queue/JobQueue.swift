package import Logging
import RoostJSON
package import WorkStore

/// The jobs of the job API: takes them, runs them, and keeps them where a crash does not reach them.
///
/// The store is the truth; this actor only knows what it works on itself. Whoever changes a record compares it with what was
/// read, so a job ends once, however a result, a cancellation and a timeout meet:
///
/// ```
/// result      read(working) ──────────────── replace ──> true: that is the end
/// cancel             read(working) ── replace ──> true            └──> false: reads again, is too late, drops the result
/// ```
package actor JobQueue {
    let store: any WorkStore
    let runner: any JobRunner
    let settings: JobQueueSettings
    let webhooks: JobWebhooks?
    /// Keeps an output elsewhere that is too long to be kept with its job, and gives what stands in its place, as JSON text.
    ///
    /// Nil: such a job fails.
    let reference: Reference?
    let logger: Logger
    let meters: JobMeters
    /// Milliseconds of the Unix epoch.
    let now: @Sendable () -> Int64
    let holder: String
    /// The jobs this process works on, until the plugin's call has ended.
    var running: [String: RunningJob] = [:]
    package typealias Reference = @Sendable (_ output: [UInt8], _ id: String) async throws -> [UInt8]

    private var bells: [String: [JobBell]] = [:]
    private(set) var isDraining = false
    private(set) var isFilling = false
    private var isAskedToFill = false
    private var keeping: Task<Void, Never>?
    /// Jobs that were ours at the last look although nothing works on them.
    var orphans: Set<String> = []

    package init(
        store: any WorkStore,
        runner: any JobRunner,
        settings: JobQueueSettings,
        webhooks: JobWebhooks?,
        reference: Reference? = nil,
        logger: Logger,
        meters: JobMeters = JobMeters(),
        now: @escaping @Sendable () -> Int64
    ) {
        self.store = store
        self.runner = runner
        self.settings = settings
        self.webhooks = webhooks
        self.reference = reference
        self.logger = logger
        self.meters = meters
        self.now = now
        holder = WorkHolder.current?.text ?? JobID.random()
    }

    /// Takes up what was left by this host or others that ended, and goes on.
    package func start() async {
        await takeUpAbandoned()
        await fill()
        keeping = Task { await keep() }
    }

    /// Begins nothing more, and finishes what it works on; what is left shortly before a moment goes back into the queue.
    ///
    /// The plugins need the time that is left. May be called again with an earlier moment while it runs.
    package func drain(before moment: ContinuousClock.Instant) async {
        isDraining = true
        let time = ContinuousClock.now.duration(to: moment)
        let deadline = moment - min(.seconds(2), time / 4)
        await awaitIdle(until: deadline)
        for (id, job) in running {
            await store(change: id) { [now, holder] record in
                record.lease?.holder == holder && record.requeue(at: now())
            }
            job.task.cancel()
        }
        keeping?.cancel()
        // What was cancelled ends soon; the plugins are stopped after this in any case.
        await awaitIdle(until: deadline + .seconds(1))
    }

    private func awaitIdle(until deadline: ContinuousClock.Instant) async {
        let bell = listen(to: Self.idle, within: ContinuousClock.now.duration(to: deadline))
        defer { silence(bell, of: Self.idle) }
        for await _ in bell.rings where running.isEmpty || ContinuousClock.now >= deadline { return }
    }

    /// What ``awaitIdle(until:)`` listens to; no id looks like it.
    private static let idle = ""

    // MARK: Waiting

    /// Rings when a job changes, each second for changes of others, and at the end of the time.
    func listen(to id: String, within time: Duration) -> JobBell {
        let bell = JobBell(within: time)
        bells[id, default: []].append(bell)
        return bell
    }

    func silence(_ bell: JobBell, of id: String) {
        bell.stop()
        bells[id]?.removeAll { $0 === bell }
        if bells[id]?.isEmpty == true { bells[id] = nil }
    }

    func changed(_ id: String) {
        for bell in bells[id] ?? [] { bell.ring() }
    }

    /// A job's work has ended, whatever its record says.
    func ended(_ id: String) async {
        running[id] = nil
        meters.running(running.count)
        changed(id)
        if running.isEmpty { changed(Self.idle) }
        await fill()
    }

    // MARK: Running

    /// Begins as many jobs as there is room for.
    ///
    /// Runs once at a time; whoever asks meanwhile makes it look again.
    func fill() async {
        isAskedToFill = true
        guard !isFilling else { return }
        isFilling = true
        defer { isFilling = false }
        while isAskedToFill {
            isAskedToFill = false
            while !isDraining, running.count < settings.concurrency {
                let record: WorkRecord?
                do throws(WorkStoreFailure) { record = try await store.claim(.job, lease, now: now()) } catch
                {
                    logger.error("no job can be taken: \(error)")
                    return
                }
                guard let record else { break }
                begin(record)
            }
        }
    }

    var lease: WorkLease { WorkLease(holder: holder, until: now() + settings.lease.milliseconds) }

    private func begin(_ record: WorkRecord) {
        let details = JobDetails(record.details)
        let work = JobWork(
            record,
            runner: runner,
            store: store,
            stored: settings.storedChunks,
            waiting: settings.waitingChunks,
            logger: logger
        ) { [weak self] id in await self?.changed(id) }
        let limit = Duration.milliseconds(details?.executionTimeout ?? JobPolicy().executionTimeout)
        let task = Task {
            let outcome = await work.run()
            await finish(record.id, outcome)
        }
        let timer = Task {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            await timeOut(record.id, after: limit)
        }
        running[record.id] = RunningJob(task: task, timer: timer, progress: work.progress)
        meters.running(running.count)
        changed(record.id)
        // A drain may have begun while the record was read.
        if isDraining { giveBack(record.id) }
    }

    private func giveBack(_ id: String) {
        Task {
            await store(change: id) { [now, holder] record in
                record.lease?.holder == holder && record.requeue(at: now())
            }
            running[id]?.task.cancel()
        }
    }

    private func timeOut(_ id: String, after limit: Duration) async {
        let text = "job timed out: it took longer than its executionTimeout of \(limit)"
        await end(id, .timedOut, .error(JSONValue.string(text).bytes), ifHeld: true)
        running[id]?.task.cancel()
    }

    private func finish(_ id: String, _ outcome: JobOutcome) async {
        running[id]?.timer.cancel()
        switch outcome {
        case .completed(let output):
            let (state, kept) = await settled(output, of: id)
            await end(id, state, kept, ifHeld: true)
        case .failed(let sentence):
            await end(id, .failed, .error(JSONValue.string(sentence).bytes), ifHeld: true)
        case .cancelled:
            // Whoever cancelled has said so in the record already.
            await end(id, .failed, .error(JSONValue.string("the job was cut off").bytes), ifHeld: true)
        }
        await ended(id)
    }

    /// An output as it is kept: itself, or what stands in its place when it is too long.
    private func settled(_ output: [UInt8], of id: String) async -> (WorkState, WorkOutcome) {
        guard output.count > settings.maximumOutput else { return (.completed, .result(output)) }
        var text =
            "the output of \(output.count) bytes is longer than the \(settings.maximumOutput) that are kept (jobs.max_output in host.yaml)"
        if let reference {
            do {
                return (.completed, .result(try await reference(output, id)))
            } catch {
                logger.error("the output of job \(id) could not be kept elsewhere: \(error)")
                text += ", and it could not be kept elsewhere"
            }
        }
        return (.failed, .error(JSONValue.string(text).bytes))
    }

    /// Ends a job in the store, unless it has ended or, with `ifHeld`, somebody else has it.
    @discardableResult
    func end(
        _ id: String,
        _ state: WorkState,
        _ outcome: WorkOutcome?,
        ifHeld: Bool
    ) async -> WorkRecord? {
        let holder = self.holder
        return await end(id, state, outcome) { !ifHeld || $0.lease?.holder == holder }
    }

    /// Ends a job in the store, unless it has ended or is another one than was meant.
    func end(
        _ id: String,
        _ state: WorkState,
        _ outcome: WorkOutcome?,
        where isMeant: @Sendable (WorkRecord) -> Bool
    ) async -> WorkRecord? {
        let record = await store(change: id) { [now, settings] record in
            guard isMeant(record) else { return false }
            let time = now()
            guard record.end(state, outcome, at: time) else { return false }
            let details = JobDetails(record.details)
            let kept = details?.isSync == true ? settings.syncRetention : settings.retention
            record.expires = min(record.expires ?? .max, time + kept.milliseconds)
            return true
        }
        if let record {
            meters.ended(record)
            changed(id)
            tell(record)
        }
        return record
    }

    /// Changes a record; a store that fails is asked again for a while, since results hang on it.
    @discardableResult
    func store(
        change id: String,
        _ change: @Sendable (inout WorkRecord) -> Bool
    ) async -> WorkRecord? {
        for attempt in 1...5 {
            do throws(WorkStoreFailure) {
                return try await store.change(id, change)
            } catch {
                logger.error("the record of job \(id) could not be kept (try \(attempt) of 5): \(error)")
                try? await Task.sleep(for: .milliseconds(200 * attempt))
            }
        }
        return nil
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
