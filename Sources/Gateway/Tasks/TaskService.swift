package import Logging
import MCP
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
    private let store: any WorkStore
    private let logger: Logger
    private let meters: TaskMeters
    /// Milliseconds of the Unix epoch.
    private let now: @Sendable () -> Int64
    /// This worker among all that use the store.
    private let holder: String
    private let state = Mutex(State())

    private struct State {
        var runs: [String: TaskRun] = [:]
        var watchers: [String: [ObjectIdentifier: any TaskWatcher]] = [:]
        /// When the store was last looked through for what nobody looks after.
        var lastSweep = Int64.min
        var isStoreAway = false
        var isStopping = false
    }

    /// A result is kept trying for this long when the store is away.
    private static let persistence = Duration.seconds(600)

    package init(
        _ store: any WorkStore,
        settings: TaskSettings,
        logger: Logger,
        meters: TaskMeters = TaskMeters(),
        now: @escaping @Sendable () -> Int64,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    ) {
        self.store = store
        self.settings = settings
        self.logger = logger
        self.meters = meters
        self.now = now
        self.after = after
        holder = TaskID.random()
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
                leave(run)
                if let kept { tell(kept) }
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
        guard let kept else { return nil }
        tell(kept)
        // Whoever changed it last put it to work, and that was this worker.
        guard kept.record.state == .working else { return nil }
        meters.count(.resumed)
        return kept
    }

    /// Ends a task early; its work is stopped wherever it goes on, here at once.
    func cancel(_ id: String) async throws(WorkStoreFailure) {
        let kept = try await change(id) { [settings, now] entry in entry.cancel(settings, now: now()) }
        guard let kept else { return }
        if let run = state.withLock({ $0.runs.removeValue(forKey: id) }) { run.abandon() }
        tell(kept)
    }

    /// A task as it is now; nil: there is none, or no more.
    func entry(_ id: String) async throws(WorkStoreFailure) -> TaskEntry? {
        guard let record = try await store.read(id), let entry = TaskEntry(record),
            record.expires.map({ $0 > now() }) ?? true
        else { return nil }
        guard let lease = record.lease, lease.until < now(), record.state == .working else { return entry }
        return try await interrupt(id) ?? entry
    }

    private func interrupt(_ id: String) async throws(WorkStoreFailure) -> TaskEntry? {
        let kept = try await change(id) { [settings, now] entry in entry.interrupt(settings, now: now()) }
        guard let kept else { return nil }
        logger.warning("task \(id) was interrupted: whoever worked on it is gone")
        meters.count(.interrupted)
        tell(kept)
        return kept
    }

    private func change(
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

    private func leave(_ run: TaskRun) {
        state.withLock { if $0.runs[run.id] === run { $0.runs[run.id] = nil } }
    }

    // MARK: What clients are told

    /// The handle that answers a call: CreateTaskResult.
    func created(_ entry: TaskEntry, for exchange: Exchange) -> [UInt8] { fatalError() }

    /// Tells a watcher about tasks from now on.
    func watch(_ ids: Set<String>, _ watcher: any TaskWatcher) {
        state.withLock { state in
            for id in ids { state.watchers[id, default: [:]][ObjectIdentifier(watcher)] = watcher }
        }
    }

    /// Stops telling a watcher.
    func unwatch(_ ids: Set<String>, _ watcher: any TaskWatcher) {
        state.withLock { state in
            for id in ids {
                state.watchers[id]?[ObjectIdentifier(watcher)] = nil
                if state.watchers[id]?.isEmpty == true { state.watchers[id] = nil }
            }
        }
    }

    private func tell(_ entry: TaskEntry) {
        switch entry.record.state {
        case .inputRequired: meters.count(.asked)
        default: break
        }
        for watcher in watchers(of: entry.record.id) { watcher.taskChanged(entry) }
    }

    private func watchers(of id: String) -> [any TaskWatcher] {
        state.withLock { $0.watchers[id].map { Array($0.values) } ?? [] }
    }
}
