import Gateway
import RoostJSON
import WorkStore

/// What clients ask of jobs.
///
/// Whoever asks sees only jobs of its own; others are as if there were none.
extension JobQueue {
    /// Takes a job; it is on the disk when this returns.
    func submit(
        _ submission: JobSubmission,
        isSync: Bool,
        by caller: Caller
    ) async throws(WorkStoreFailure) -> WorkRecord {
        let time = now()
        let details = JobDetails(
            submission.policy,
            isSync: isSync,
            grants: caller.grants,
            webhook: submission.webhook
        )
        let record = WorkRecord(
            id: JobID.random(isSync: isSync),
            kind: .job,
            owner: caller.principal,
            request: submission.body,
            details: details.bytes,
            expires: time + submission.policy.timeToLive,
            now: time
        )
        try await store.add(record, limit: settings.queue)
        meters.taken()
        await fill()
        return record
    }

    /// A job of this caller; nil when there is none, or no more.
    func job(_ id: String, of caller: Caller) async throws(WorkStoreFailure) -> WorkRecord? {
        guard let record = try await store.read(id), record.kind == .job, record.owner == caller.principal,
            record.expires ?? .max > now()
        else { return nil }
        return record
    }

    /// The same once it has ended, or as it is when the time is over.
    func ended(
        _ id: String,
        of caller: Caller,
        within time: Duration
    ) async throws(WorkStoreFailure) -> WorkRecord? {
        let end = ContinuousClock.now + time
        let bell = listen(to: id, within: time)
        defer { silence(bell, of: id) }
        for await _ in bell.rings {
            let record = try await job(id, of: caller)
            if record == nil || record?.state.isFinal == true || ContinuousClock.now >= end { return record }
        }
        return try await job(id, of: caller)
    }

    /// A job and the chunks nobody has fetched; waits for one when there is none, at most for a time.
    func stream(
        _ id: String,
        of caller: Caller,
        within time: Duration
    ) async throws(WorkStoreFailure) -> (WorkRecord, [[UInt8]])? {
        let end = ContinuousClock.now + time
        let bell = listen(to: id, within: time)
        defer { silence(bell, of: id) }
        for await _ in bell.rings {
            // The record first: when it has ended, all its chunks are there.
            guard let record = try await job(id, of: caller) else { return nil }
            let chunks = try await store.takeChunks(of: id, bytes: 10_000_000)
            if !chunks.isEmpty || record.state.isFinal || ContinuousClock.now >= end {
                return (record, chunks)
            }
        }
        return try await job(id, of: caller).map { ($0, []) }
    }

    /// The status object of a job.
    func status(of record: WorkRecord) -> [UInt8] {
        JobStatus.whole(
            record,
            progress: running[record.id]?.progress.latest,
            worker: settings.worker,
            now: now()
        )
    }

    /// Sets when a job is forgotten, in milliseconds from when it was taken.
    func keep(_ id: String, for timeToLive: Int64) async {
        await store(change: id) { record in
            record.expires = record.created + timeToLive
            return true
        }
    }

    /// Cancels a job and the plugin's call with it; one that has ended stays as it is.
    func cancel(_ id: String, of caller: Caller) async throws(WorkStoreFailure) -> WorkRecord? {
        guard let found = try await job(id, of: caller) else { return nil }
        let record = await end(id, .cancelled, nil, ifHeld: false)
        running[id]?.task.cancel()
        guard record == nil else { return record }
        return try await job(id, of: caller) ?? found
    }

    /// Puts a job back into the queue that has failed or took too long; one in another state stays as it is.
    func retry(_ id: String, of caller: Caller) async throws(WorkStoreFailure) -> WorkRecord? {
        guard try await job(id, of: caller) != nil else { return nil }
        // The former try may still be ending; its chunks must not come after those of the next.
        await running[id]?.task.value
        let record = await store(change: id) { [now] record in
            guard record.state == .failed || record.state == .timedOut else { return false }
            let time = now()
            guard record.requeue(at: time) else { return false }
            if var details = JobDetails(record.details) {
                details.retries += 1
                details.interruptions = 0
                details.isTold = false
                record.details = details.bytes
                record.expires = time + details.timeToLive
            }
            return true
        }
        if record != nil {
            try await store.removeChunks(of: id)
            meters.retried()
            await fill()
        }
        return try await job(id, of: caller)
    }

    /// Cancels all jobs of a caller that wait; how many there were.
    func purge(of caller: Caller) async throws(WorkStoreFailure) -> Int {
        var removed = 0
        for record in try await store.records(.job, in: [.queued], limit: settings.queue)
        where record.owner == caller.principal {
            let cancelled = await store(change: record.id) { [now] record in
                record.state == .queued && record.end(.cancelled, nil, at: now())
            }
            if let cancelled {
                removed += 1
                meters.ended(cancelled)
                changed(record.id)
            }
        }
        return removed
    }

    /// Counts of jobs and workers as the platform's `/health` gives them.
    func health() async throws(WorkStoreFailure) -> JSONObject {
        let counts = try await store.counts(of: .job)
        func count(_ states: WorkState...) -> JSONValue {
            .integer(Int64(states.reduce(0) { $0 + (counts[$1] ?? 0) }))
        }
        let isBusy = !running.isEmpty
        return [
            "jobs": [
                "completed": count(.completed), "failed": count(.failed, .timedOut),
                "inProgress": count(.working), "inQueue": count(.queued),
                "retried": .integer(Int64(meters.retries)),
            ],
            "workers": [
                "idle": isBusy ? 0 : 1, "initializing": 0, "ready": isDraining ? 0 : 1,
                "running": isBusy ? 1 : 0, "throttled": 0, "unhealthy": 0,
            ],
        ]
    }
}
