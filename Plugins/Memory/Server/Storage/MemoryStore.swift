import GRDB
import Glibc

/// The memories and the knowledge graph in one SQLite file.
///
/// Every call is one transaction: it happens whole or not at all, and when it returns it has reached the disk
/// (`synchronous = FULL`: SQLite syncs the log at each commit, so not even a power cut loses what was acknowledged).
/// Reads see one moment of the graph and never wait for a writer (WAL). Several stores, in one process or many, may share
/// a file: their writes take turns, and one that waits longer than the given time fails with ``StorageError/busy(path:)``.
///
/// Calls block the calling thread on the disk. Safe from any thread.
package final class MemoryStore: Sendable {
    /// Where the database lies.
    package let path: String
    let cipher: ContentCipher
    private let pool: DatabasePool

    /// Opens the database, creating or migrating it.
    ///
    /// - Parameters:
    ///   - path: The file, in a directory that exists. A new file is readable by its owner only.
    ///   - patience: How long a call waits while another process writes. Default five seconds.
    /// - Throws: ``StorageError`` when the file cannot be used; an existing file is left as it was.
    package convenience init(path: String, patience: Duration = .seconds(5)) throws(StorageError) {
        try self.init(path: path, cipher: .none, patience: patience)
    }

    /// The same with a cipher for the contents of memories.
    init(path: String, cipher: ContentCipher, patience: Duration = .seconds(5)) throws(StorageError) {
        self.path = path
        self.cipher = cipher
        do {
            let lock = try OpeningLock(for: path, patience: patience)
            defer { extendLifetime(lock) }
            MemoryStore.createPrivately(path)
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            configuration.busyMode = .timeout(patience / .seconds(1))
            configuration.maximumReaderCount = 4
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB opens a WAL database with NORMAL, under which a power cut may take the last commits.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            guard try !pool.read(StorageSchema.migrator.hasBeenSuperseded) else {
                throw StorageError.newer(path: path)
            }
            try StorageSchema.migrator.migrate(pool)
            if try pool.write({ try Sealing.settle($0, cipher) }) {
                try pool.vacuum()
                try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Closes the file.
    ///
    /// Later calls fail with ``StorageError/closed(path:)``.
    package func close() throws(StorageError) {
        do { try pool.close() } catch { throw StorageError(error, path: path) }
    }

    /// The journal mode and the level of syncing that the writing connection really has, as "wal/2".
    package func durability() throws(StorageError) -> String {
        try write { db in
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
            return "\(mode)/\(try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1)"
        }
    }

    /// Runs `body` in one transaction that is committed and synced before this returns.
    func write<Result>(_ body: (Database) throws -> Result) throws(StorageError) -> Result {
        do { return try pool.write(body) } catch { throw StorageError(error, path: path) }
    }

    /// Runs `body` on one moment of the graph.
    func read<Result>(_ body: (Database) throws -> Result) throws(StorageError) -> Result {
        do { return try pool.read(body) } catch { throw StorageError(error, path: path) }
    }

    /// Creates the file for its owner only.
    ///
    /// An existing file is not opened: closing it would drop the locks that another connection of this
    /// process holds on it.
    private static func createPrivately(_ path: String) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { Glibc.close(descriptor) }
    }
}
