import Gateway
import Logging
import RoostJSON
import WorkStore

/// One try of one job: from its record to what came out.
struct JobWork: Sendable {
    private let record: WorkRecord
    private let runner: any JobRunner
    private let store: any WorkStore
    private let logger: Logger
    private let changed: @Sendable (String) async -> Void
    private let stored: ChunkBuffer.Room
    private let chunks: ChunkPipe
    let progress = JobProgress()

    /// Makes the work; nothing runs yet.
    ///
    /// `stored` and `waiting`: chunks the store keeps for readers, and those that wait for room there. `changed`: hears the
    /// job's id when a chunk was kept.
    init(
        _ record: WorkRecord,
        runner: any JobRunner,
        store: any WorkStore,
        stored: ChunkBuffer.Room,
        waiting: ChunkBuffer.Room,
        logger: Logger,
        changed: @escaping @Sendable (String) async -> Void
    ) {
        self.record = record
        self.runner = runner
        self.store = store
        self.stored = stored
        chunks = ChunkPipe(waiting)
        self.logger = logger
        self.changed = changed
    }

    /// Runs the job; all its chunks are kept before this returns.
    func run() async -> JobOutcome {
        let (input, extra) = JobSubmission.parts(of: record.request)
        let grants = Grants(reading: JobDetails(record.details)?.scopes ?? [])
        let caller = Caller(principal: record.owner, grants: grants)
        let job = Job(id: record.id, input: input, extra: extra, caller: caller)
        async let kept: Void = keepChunks()
        let outcome = await runner.run(job) { [progress, chunks] report in
            switch report {
            case .progress(let text): progress.latest = text
            case .chunk(let text): chunks.append(text)
            }
        }
        chunks.finish()
        await kept
        let dropped = chunks.dropped
        if dropped.chunks > 0 {
            logger.warning(
                "\(dropped.chunks) chunks of job \(record.id), \(dropped.bytes) bytes, were dropped: nobody read its stream as fast as it was written",
                metadata: ["job": "\(record.id)"]
            )
        }
        return outcome
    }

    /// Brings chunks into the store, as long as there is room for them; what waits in the end is bounded and goes there in any
    /// case.
    private func keepChunks() async {
        var tally = StoredChunks(stored)
        for await _ in chunks.rings {
            while await hasRoom(&tally), let chunk = chunks.next() {
                tally.added(chunk)
                await keep(chunk)
            }
        }
        while let chunk = chunks.next() { await keep(chunk) }
    }

    private func hasRoom(_ tally: inout StoredChunks) async -> Bool {
        if tally.hasRoom { return true }
        let now = ContinuousClock.now
        guard tally.mayAsk(at: now) else { return false }
        // A store that fails is not full: it says so when the chunk is put in.
        guard let found = try? await store.chunks(of: record.id) else { return true }
        tally.found(found.count, bytes: found.bytes, at: now)
        if tally.hasRoom { return true }
        let chunks = chunks
        // A reader may make room without anybody here being told.
        Task {
            try? await Task.sleep(for: StoredChunks.pause)
            chunks.ring()
        }
        return false
    }

    private func keep(_ chunk: [UInt8]) async {
        do throws(WorkStoreFailure) {
            _ = try await store.append(chunk, to: record.id)
        } catch {
            logger.error("a chunk of job \(record.id) could not be kept: \(error)")
        }
        await changed(record.id)
    }
}
