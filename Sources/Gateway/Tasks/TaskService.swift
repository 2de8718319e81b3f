package import Logging
import RoostJSON
import Synchronization
package import WorkStore

/// Keeps the tasks of this worker, and looks after those of workers that are gone.
///
/// A task is worked on by whoever holds its lease; one that waits for answers is held by nobody, and whichever worker gets
/// the last answer goes on with it. So tasks outlive their worker, and any worker that shares the store can be asked.
package final class TaskService: Sendable {
    package let settings: TaskSettings
    let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    let store: any WorkStore
    let meters: TaskMeters
    /// Milliseconds of the Unix epoch.
    let now: @Sendable () -> Int64
    /// This worker among all that use the store.
    let holder: String
    /// What tells whether another worker of this machine is gone; nil: nothing does.
    let process: WorkHolder?
    let state = Mutex(State())
    private let logger: Logger

    struct State {
        var runs: [String: TaskRun] = [:]
        var watchers: [String: [ObjectIdentifier: any TaskWatcher]] = [:]
        /// When the store was last looked through for what nobody looks after; nil: not yet.
        var lastSweep: Int64?
        var isStoreAway = false
        var isStopping = false
        /// Who waits until nothing is worked on.
        var idle: CheckedContinuation<Void, Never>?
    }

    /// A result is kept trying for this long when the store is away.
    private static let persistence = Duration.seconds(600)

    /// `holder`: how this worker is called in the store; nil: by its process.
    package init(
        _ store: any WorkStore,
        settings: TaskSettings,
        logger: Logger,
        meters: TaskMeters = TaskMeters(),
        holder: String? = nil,
        now: @escaping @Sendable () -> Int64,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    ) {
        self.store = store
        self.settings = settings
        self.logger = logger
        self.meters = meters
        self.now = now
        self.after = after
        process = WorkHolder.current
        self.holder = holder ?? process?.text ?? TaskID.random()
    }

    /// Tasks this worker is at.
    package var working: Int { state.withLock { $0.runs.count } }

    // MARK: The life of a task

    /// Keeps a new task that is worked on from now on; it is kept when this returns.
    func create(_ request: TaskRequest, owner: String?) async throws(WorkStoreFailure) -> TaskEntry {
        let entry = TaskEntry(
            id: TaskID.random(),
            owner: owner,
            request,
            settings,
            holder: holder,
            now: now()
        )
        try await store.add(entry.record, limit: nil)
        meters.count(.created)
        return entry
    }

    /// Looks after the work of a task until it ends.
    func adopt(_ run: TaskRun) { state.withLock { $0.runs[run.id] = run } }

    /// Gives up a task nobody has heard of.
    func forget(_ entry: TaskEntry) {
        Task { [store] in _ = try? await store.remove(entry.record.id) }
    }

    /// Keeps how a round of the work ended.
    ///
    /// A store that cannot be reached is asked again and again: the result is there, and must not be lost.
    func settle(_ run: TaskRun, _ ending: TaskEnding) async {
        let deadline = ContinuousClock.now + Self.persistence
        var pause = Duration.milliseconds(100)
        while true {
            do {
                let kept = try await change(run.id) { [holder, settings, now] entry in
                    entry.settle(ending, by: holder, settings, now: now())
                }
                // Puts another run into its place.
                if let kept, kept.record.state == .working { run.goOn(kept) }
                leave(run)
                if let kept { tell(kept, TaskMeters.Step(kept.record.state)) }
                return
            } catch {
                note(error)
                guard ContinuousClock.now < deadline, !state.withLock({ $0.isStopping }) else {
                    logger.error("the result of task \(run.id) is lost: \(error)")
                    return leave(run)
                }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(5))
            }
        }
    }

    /// Takes answers of the client.
    ///
    /// - Returns: The task when this worker has to go on with it now.
    func answer(_ id: String, _ responses: JSONObject) async throws(WorkStoreFailure) -> TaskEntry? {
        let kept = try await change(id) { [holder, settings, now] entry in
            entry.answer(responses, by: holder, settings, now: now())
        }
        // Whoever changed it put it to work, and that was this worker.
        let resumes = kept?.record.state == .working
        if let kept { tell(kept, resumes ? .resumed : nil) }
        return resumes ? kept : nil
    }

    /// Ends a task early; its work is stopped wherever it goes on, here at once.
    func cancel(_ id: String) async throws(WorkStoreFailure) {
        let kept = try await change(id) { [settings, now] entry in entry.cancel(settings, now: now()) }
        guard let kept else { return }
        if let run = state.withLock({ $0.runs[id] }) { giveUp(run) }
        tell(kept, .cancelled)
    }

    /// A task as it is now; nil: there is none, or no more.
    func entry(_ id: String) async throws(WorkStoreFailure) -> TaskEntry? {
        guard let record = try await store.read(id), let entry = TaskEntry(record),
            record.expires.map({ $0 > now() }) ?? true
        else { return nil }
        guard entry.isOrphan(now: now(), as: process) else { return entry }
        return try await interrupt(id) ?? entry
    }

    /// Ends a task whose worker is gone; nil when it is not, or somebody else was quicker.
    func interrupt(_ id: String) async throws(WorkStoreFailure) -> TaskEntry? {
        // A machine that slept finds its own leases ended before it can renew them.
        guard state.withLock({ $0.runs[id] == nil }) else { return nil }
        let kept = try await change(id) { [settings, now, process] entry in
            entry.isOrphan(now: now(), as: process) && entry.interrupt(settings, now: now())
        }
        guard let kept else { return nil }
        logger.warning("task \(id) was interrupted: whoever worked on it is gone")
        tell(kept, .interrupted)
        return kept
    }

    func change(
        _ id: String,
        _ step: @escaping @Sendable (inout TaskEntry) -> Bool
    ) async throws(WorkStoreFailure) -> TaskEntry? {
        let record = try await store.change(id) { record in
            guard var entry = TaskEntry(record), step(&entry) else { return false }
            record = entry.record
            return true
        }
        return record.flatMap { TaskEntry($0) }
    }

    /// Stops work whose task is over, or somebody else's.
    func giveUp(_ run: TaskRun) {
        run.abandon()
        leave(run)
    }

    /// Nothing more comes of this run.
    func leave(_ run: TaskRun) {
        let idle = state.withLock { state in
            if state.runs[run.id] === run { state.runs[run.id] = nil }
            guard state.runs.isEmpty else { return CheckedContinuation<Void, Never>?.none }
            defer { state.idle = nil }
            return state.idle
        }
        idle?.resume()
    }

    /// Notes that the store failed; once for each time it goes away.
    func note(_ failure: WorkStoreFailure?) {
        let isNews = state.withLock { state in
            defer { state.isStoreAway = failure != nil }
            return state.isStoreAway != (failure != nil)
        }
        guard isNews else { return }
        if let failure {
            logger.error("the store of tasks cannot be used: \(failure)")
        } else {
            logger.notice("the store of tasks can be used again")
        }
    }
}
