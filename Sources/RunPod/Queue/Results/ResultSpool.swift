import NIOPosix
import PluginRuntime
import SQLiteStore

/// What must survive this process: which jobs it works on, and results that were not delivered.
///
/// A file for each worker, so that several share a volume without a shared file. Every function returns when what it says is
/// in the file; a kill of the process loses nothing of it. After ``harden()`` neither does a loss of power.
final class ResultSpool: Sendable {
    private let store: SQLiteStore
    let path: String

    /// Opens the file, or makes it; a damaged one is put aside.
    ///
    /// Throws when it cannot be used, or another process uses it.
    init(path: String) async throws {
        self.path = path
        store = try await NIOThreadPool.singleton.runIfActive {
            try Files.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
            do throws(SQLiteFailure) {
                return try SQLiteStore(path: path, prepare: Self.prepare)
            } catch {
                // SQLITE_CORRUPT and SQLITE_NOTADB.
                guard [11, 26].contains(error.code & 0xFF) else { throw error }
                SpoolFile(path: path).putAside()
                return try SQLiteStore(path: path, prepare: Self.prepare)
            }
        }
    }

    func close() async { await store.close() }

    private static let schemaVersion: Int64 = 1

    private static func prepare(_ connection: SQLiteConnection) throws(SQLiteFailure) {
        let version = try connection.run("PRAGMA user_version").first?.first?.integer
        guard version != schemaVersion else { return }
        for statement in [
            "CREATE TABLE IF NOT EXISTS taken (job TEXT PRIMARY KEY, started INTEGER NOT NULL) WITHOUT ROWID",
            """
            CREATE TABLE IF NOT EXISTS result (
              job TEXT PRIMARY KEY, worker TEXT NOT NULL, body BLOB NOT NULL, is_stream INTEGER NOT NULL)
            """,
            """
            CREATE TABLE IF NOT EXISTS refused (
              job TEXT NOT NULL, worker TEXT NOT NULL, body BLOB NOT NULL, status INTEGER NOT NULL)
            """,
            "PRAGMA user_version = \(schemaVersion)",
        ] {
            try connection.run(statement)
        }
    }

    /// Writes down jobs before work on them begins.
    func took(_ jobs: [String]) async throws {
        try await perform { connection throws(SQLiteFailure) in
            for job in jobs {
                try connection.run("INSERT OR REPLACE INTO taken VALUES (?, 1)", [.text(job)])
            }
        }
    }

    /// A job needs no result any more: it was stopped.
    func forget(_ job: String) async throws {
        try await perform { connection throws(SQLiteFailure) in
            try connection.run("DELETE FROM taken WHERE job = ?", [.text(job)])
        }
    }

    /// Writes a result down before its delivery begins.
    func finished(_ result: SpooledResult) async throws {
        try await perform { connection throws(SQLiteFailure) in
            try connection.run("DELETE FROM taken WHERE job = ?", [.text(result.job)])
            try connection.run("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?)", result.row)
        }
    }

    /// A result was taken by the queue.
    func delivered(_ job: String) async throws {
        try await perform { connection throws(SQLiteFailure) in
            try connection.run("DELETE FROM result WHERE job = ?", [.text(job)])
        }
    }

    /// The queue refused a result for good; it stays here for a person to look at, with the last hundred of its kind.
    func refused(_ job: String, status: Int) async throws {
        try await perform { connection throws(SQLiteFailure) in
            try connection.run(
                "INSERT INTO refused SELECT job, worker, body, ? FROM result WHERE job = ?",
                [.integer(Int64(status)), .text(job)]
            )
            try connection.run("DELETE FROM result WHERE job = ?", [.text(job)])
            try connection.run(
                "DELETE FROM refused WHERE rowid NOT IN (SELECT rowid FROM refused ORDER BY rowid DESC LIMIT 100)"
            )
        }
    }

    /// Brings everything onto the disk.
    func harden() async throws {
        try await perform(durably: true) { connection throws(SQLiteFailure) in
            // A write, because a transaction without one brings nothing onto the disk.
            try connection.run("PRAGMA user_version = \(Self.schemaVersion)")
        }
    }

    /// What an earlier process left: jobs it worked on, and results it did not deliver.
    func remains() async throws -> (taken: [String], results: [SpooledResult]) {
        try await perform { connection throws(SQLiteFailure) in
            let taken = try connection.run("SELECT job FROM taken").compactMap { $0.first?.text }
            let rows = try connection.run("SELECT job, worker, body, is_stream FROM result")
            return (taken, rows.compactMap { SpooledResult($0) })
        }
    }

    /// Whether there are results that were refused for good.
    func hasRefused() async throws -> Bool {
        try await perform { connection throws(SQLiteFailure) in
            try !connection.run("SELECT 1 FROM refused LIMIT 1").isEmpty
        }
    }

    /// Takes over results that another worker left.
    func adopt(_ results: [SpooledResult]) async throws {
        try await perform(durably: true) { connection throws(SQLiteFailure) in
            for result in results {
                try connection.run("INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?)", result.row)
            }
        }
    }

    @discardableResult
    private func perform<Result: Sendable>(
        durably: Bool = false,
        _ work: @escaping @Sendable (SQLiteConnection) throws(SQLiteFailure) -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            store.perform(durably: durably, work) {
                continuation.resume(with: $0.mapError { $0 as any Error })
            }
        }
    }
}
