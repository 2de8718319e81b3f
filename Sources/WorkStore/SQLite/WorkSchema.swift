import SQLiteStore

/// The tables of ``SQLiteWorkStore`` and how older files become like new ones.
enum WorkSchema {
    /// The statements that lead from each version to the next; the first from an empty file.
    ///
    /// Only append: files of every version are out there.
    private static let migrations: [[String]] = [
        [
            // Large columns stand last, so that the others are found without reading them.
            """
            CREATE TABLE work (
              id TEXT PRIMARY KEY, kind TEXT NOT NULL, owner TEXT, state TEXT NOT NULL, created INTEGER NOT NULL,
              queued INTEGER NOT NULL, started INTEGER, finished INTEGER, updated INTEGER NOT NULL,
              attempts INTEGER NOT NULL, expires INTEGER, holder TEXT, lease_until INTEGER,
              revision INTEGER NOT NULL, details BLOB NOT NULL, progress BLOB, result BLOB, error BLOB,
              request BLOB NOT NULL)
            """,
            "CREATE INDEX work_by_state ON work (kind, state, queued)",
            "CREATE INDEX work_by_expiry ON work (kind, expires)",
            "CREATE INDEX work_by_holder ON work (holder)",
            """
            CREATE TABLE chunk (
              id TEXT NOT NULL, position INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (id, position))
            """,
            """
            CREATE TRIGGER work_goes AFTER DELETE ON work BEGIN
              DELETE FROM chunk WHERE id = OLD.id; END
            """,
        ]
    ]

    /// Brings a file to the newest version, in one transaction: of several processes that open it one does.
    static func prepare(_ connection: SQLiteConnection) throws(SQLiteFailure) {
        try connection.run("BEGIN IMMEDIATE")
        do throws(SQLiteFailure) {
            let version = Int(try connection.run("PRAGMA user_version").first?.first?.integer ?? 0)
            guard version <= migrations.count else {
                throw SQLiteFailure(
                    code: -1,
                    "the file has version \(version), this host knows versions up to \(migrations.count); use the newer host"
                )
            }
            for statement in migrations[version...].joined() { try connection.run(statement) }
            try connection.run("PRAGMA user_version = \(migrations.count)")
            try connection.run("COMMIT")
        } catch {
            _ = try? connection.run("ROLLBACK")
            throw error
        }
    }
}
