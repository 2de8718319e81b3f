import GRDB

/// Libraries, their passages and the service's answers, in one SQLite file.
///
/// Everything in it can be made again, so a commit need not survive a power cut (`synchronous = NORMAL`). Calls block the
/// calling thread on the disk. Safe from any thread; reads never wait for a writer.
final class IndexStore: Sendable {
    let path: String
    private let pool: DatabasePool

    /// Opens the file, creating or migrating it.
    init(path: String) throws(IndexFailure) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            configuration.busyMode = .timeout(10)
            configuration.maximumReaderCount = 4
            pool = try DatabasePool(path: path, configuration: configuration)
            try IndexSchema.migrator.migrate(pool)
        } catch {
            throw IndexFailure(error, path: path)
        }
    }

    /// Closes the file; later calls fail.
    func close() throws(IndexFailure) {
        do { try pool.close() } catch { throw IndexFailure(error, path: path) }
    }

    /// Runs `body` in one transaction.
    func write<Result>(_ body: (Database) throws -> Result) throws(IndexFailure) -> Result {
        do { return try pool.write(body) } catch { throw IndexFailure(error, path: path) }
    }

    /// Runs `body` on one moment of the file.
    func read<Result>(_ body: (Database) throws -> Result) throws(IndexFailure) -> Result {
        do { return try pool.read(body) } catch { throw IndexFailure(error, path: path) }
    }

    /// Makes what many changes left behind small again, and lets go of the log.
    func tidy() throws(IndexFailure) {
        do {
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "INSERT INTO passage_words (passage_words) VALUES ('optimize')")
                _ = try db.checkpoint(.truncate)
            }
        } catch { throw IndexFailure(error, path: path) }
    }
}
