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
    let progress = JobProgress()

    /// `changed`: hears the job's id when a chunk was kept.
    init(
        _ record: WorkRecord,
        runner: any JobRunner,
        store: any WorkStore,
        logger: Logger,
        changed: @escaping @Sendable (String) async -> Void
    ) {
        self.record = record
        self.runner = runner
        self.store = store
        self.logger = logger
        self.changed = changed
    }

    /// Runs the job; all its chunks are kept before this returns.
    func run() async -> JobOutcome {
        let (input, extra) = JobSubmission.parts(of: record.request)
        let grants = Grants(reading: JobDetails(record.details)?.scopes ?? [])
        let caller = Caller(principal: record.owner, grants: grants)
        let job = Job(id: record.id, input: input, extra: extra, caller: caller)
        let (chunks, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        async let kept: Void = keep(chunks)
        let outcome = await runner.run(job) { [progress] report in
            switch report {
            case .progress(let text): progress.latest = text
            case .chunk(let text): continuation.yield(text)
            }
        }
        continuation.finish()
        await kept
        return outcome
    }

    private func keep(_ chunks: AsyncStream<[UInt8]>) async {
        for await chunk in chunks {
            do throws(WorkStoreFailure) {
                _ = try await store.append(chunk, to: record.id)
            } catch {
                logger.error("a chunk of job \(record.id) could not be kept: \(error)")
            }
            await changed(record.id)
        }
    }
}
