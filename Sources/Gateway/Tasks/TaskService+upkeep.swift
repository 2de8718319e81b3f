import MCP
import Synchronization
import WorkStore

/// What is done for tasks while nobody asks: leases, tasks of workers that are gone, tasks that expired.
extension TaskService {
    /// Looks after the tasks once a second until ``stop()``.
    package func start() {
        after(.seconds(1)) { [weak self] in
            guard let self, !state.withLock({ $0.isStopping }) else { return }
            Task {
                await self.tick()
                self.start()
            }
        }
    }

    /// Waits until everything that ended is kept; for when no plugin runs any more.
    package func stop() async {
        // What never ends for another reason must not keep the host from stopping.
        after(.seconds(5)) { [weak self] in
            self?.state.withLock { state in
                defer { state.idle = nil }
                return state.idle
            }?.resume()
        }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isStopping = true
                guard !state.runs.isEmpty else { return true }
                state.idle = continuation
                return false
            }
            if isIdle { continuation.resume() }
        }
    }

    /// One look at everything.
    func tick() async {
        do {
            try await keepRuns()
            try await sweep()
            try await tellOfOthers()
            note(nil)
        } catch {
            note(error)
        }
    }

    /// Keeps the leases of what is worked on here, and what the work says; stops work that is this worker's no more.
    private func keepRuns() async throws(WorkStoreFailure) {
        let runs = state.withLock { Array($0.runs.values) }
        guard !runs.isEmpty else { return }
        let lease = WorkLease(holder: holder, until: now() + settings.lease.milliseconds)
        let mine = try await store.renew(.task, lease)
        for run in runs {
            guard mine.contains(run.id) else {
                // It ended a moment ago, or was cancelled at another worker.
                giveUp(run)
                continue
            }
            guard let message = run.takeMessage() else { continue }
            let kept = try await change(run.id) { [now] entry in entry.report(message, now: now()) }
            if let kept { tell(kept, nil) }
        }
    }

    /// Tasks that are looked at in one sweep; more are found in the next ones.
    private static let most = 10_000

    /// Ends what nobody works on any more, and forgets what nobody may ask for any more.
    private func sweep() async throws(WorkStoreFailure) {
        let moment = now()
        let isTime = state.withLock { state in
            if let last = state.lastSweep, moment - last < settings.lease.milliseconds / 3 { return false }
            state.lastSweep = moment
            return true
        }
        guard isTime else { return }
        for record in try await store.lapsed(.task, now: moment, or: nil) {
            _ = try await interrupt(record.id)
        }
        let expired = try await store.removeExpired(.task, now: moment)
        meters.count(.expired, by: expired.count)
        for id in expired { for watcher in watchers(of: id) { watcher.taskGone(id) } }
    }

    /// Tells watchers of tasks that other workers are at.
    private func tellOfOthers() async throws(WorkStoreFailure) {
        let ids = state.withLock { state in state.watchers.keys.filter { state.runs[$0] == nil } }
        for id in ids {
            if let entry = try await entry(id) {
                tell(entry, nil)
            } else {
                for watcher in watchers(of: id) { watcher.taskGone(id) }
            }
        }
    }

    // MARK: Watchers

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

    /// Says that a task changed; `step`: what is counted.
    func tell(_ entry: TaskEntry, _ step: TaskMeters.Step?) {
        if let step { meters.count(step) }
        for watcher in watchers(of: entry.record.id) { watcher.taskChanged(entry) }
    }

    private func watchers(of id: String) -> [any TaskWatcher] {
        state.withLock { $0.watchers[id].map { Array($0.values) } ?? [] }
    }
}
