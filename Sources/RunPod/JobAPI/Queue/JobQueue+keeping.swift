import Logging
import RoostJSON
import WorkStore

/// What is done from time to time: leases are renewed, what others left is taken up, what expired is forgotten.
extension JobQueue {
    func keep() async {
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: settings.lease / 3)) != nil else { return }
            do throws(WorkStoreFailure) {
                try await renew()
                for record in try await store.lapsed(.job, now: now(), or: nil) { await takeUp(record) }
                for id in try await store.removeExpired(.job, now: now()) {
                    running[id]?.task.cancel()
                    changed(id)
                }
            } catch {
                logger.error("the jobs could not be looked after: \(error)")
            }
            if !isDraining { await fill() }
        }
    }

    /// What another process ended, or took over when this one was silent for too long, is worked on no more.
    private func renew() async throws(WorkStoreFailure) {
        let before = Set(running.keys)
        let held = try await store.renew(.job, lease)
        for id in before.subtracting(held) { running[id]?.task.cancel() }
        // A result that could not be kept leaves one behind; one look alone may fall between a claim and its beginning.
        let idle = isFilling ? [] : held.subtracting(running.keys)
        for id in idle.intersection(orphans) {
            if let record = try await store.read(id), record.lease?.holder == holder { await takeUp(record) }
        }
        orphans = idle
    }

    /// Takes up the jobs of processes that have ended, and tells of the ends nobody was told of.
    func takeUpAbandoned() async {
        do throws(WorkStoreFailure) {
            let own = WorkHolder(holder)
            for record in try await store.records(.job, in: [.working], limit: 10_000) {
                guard let lease = record.lease else { continue }
                let isGone = WorkHolder(lease.holder).map { own?.knowsAsGone($0) == true } ?? false
                if isGone || lease.until < now() { await takeUp(record) }
            }
            guard webhooks != nil else { return }
            let ends: Set<WorkState> = [.completed, .failed, .cancelled, .timedOut]
            for record in try await store.records(.job, in: ends, limit: 1_000) { tell(record) }
        } catch {
            logger.error("the jobs of before could not be taken up: \(error)")
        }
    }

    /// Puts a job back into the queue whose host ended under it, or ends it when that was so before.
    private func takeUp(_ found: WorkRecord) async {
        guard running[found.id] == nil else { return }
        let interruptions = JobDetails(found.details)?.interruptions ?? 0
        switch Interruption(after: interruptions) {
        case .fail(let sentence):
            let outcome = WorkOutcome.error(JSONValue.string(sentence).bytes)
            _ = await end(found.id, .failed, outcome) { $0.lease == found.lease }
        case .tryAgain:
            let record = await store(change: found.id) { [now] record in
                guard record.lease == found.lease, record.requeue(at: now()) else { return false }
                if var details = JobDetails(record.details) {
                    details.interruptions += 1
                    details.retries += 1
                    record.details = details.bytes
                }
                return true
            }
            guard record != nil else { return }
            // The next try says it all again.
            try? await store.removeChunks(of: found.id)
            meters.retried()
            logger.notice(
                "job \(found.id) is tried again: its host ended under it",
                metadata: ["job": "\(found.id)"]
            )
        }
    }
}
