import EventWaiting
import Gateway
import Logging
import RoostJSON
import Telemetry
import WorkStore

@testable import RunPod

/// A job queue on a file of its own, whose jobs a test runs by hand.
struct QueueFixture {
    let directory: TemporaryDirectory
    let store: SQLiteWorkStore
    let runner = ManualRunner()
    let queue: JobQueue

    init(
        _ change: (inout JobQueueSettings) -> Void = { _ in },
        webhooks: JobWebhooks? = nil,
        reference: JobQueue.Reference? = nil
    ) throws {
        directory = try TemporaryDirectory()
        store = try SQLiteWorkStore(path: directory.file("work.sqlite"))
        var settings = JobQueueSettings()
        change(&settings)
        queue = JobQueue(
            store: store,
            runner: runner,
            settings: settings,
            webhooks: webhooks,
            reference: reference,
            logger: Self.logger,
            now: { Self.now }
        )
    }

    /// Takes a job of this body.
    func submit(_ body: String = #"{"input":{}}"#, by caller: Caller = .local) async throws -> String {
        let submission = try JobSubmission(parsing: Array(body.utf8))
        return try await queue.submit(submission, isSync: false, by: caller).id
    }

    /// The job as it stands, once it is as a test wants it; fails after a while.
    func awaited(_ id: String, _ isWanted: (WorkRecord) -> Bool) async throws -> WorkRecord {
        try await poll(for: "the wanted state of \(id)") {
            try await store.read(id).flatMap { isWanted($0) ? $0 : nil }
        }
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Milliseconds of the Unix epoch.
    static var now: Int64 { WallClock.nanoseconds / 1_000_000 }
}
