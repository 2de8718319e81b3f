import Glibc
import SQLiteStore
import Telemetry

/// A second level in a file of this host's own: what was kept outlives the host, and memory need not hold it all.
///
/// The records that were used longest ago make room. A file that is damaged is begun anew: it is only a cache.
final class SQLiteLevel: CacheLevel {
    let name = "sqlite"
    let isShared = false
    private let store: SQLiteStore
    /// Bytes of records; more than that make room.
    private let capacity: Int
    private let wallClock: @Sendable () -> Int64

    /// A use is noted at most this often, so that reading hardly ever writes.
    private static let useGrain: Int64 = 60_000

    /// Opens the file, or makes it.
    ///
    /// Blocks while it does. Throws when the file cannot be used, another host's use of it included.
    init(
        path: String,
        capacity: Int,
        wallClock: @escaping @Sendable () -> Int64 = { WallClock.nanoseconds / 1_000_000 }
    ) throws(SQLiteFailure) {
        self.capacity = capacity
        self.wallClock = wallClock
        do throws(SQLiteFailure) {
            store = try SQLiteStore(path: path, prepare: Self.prepare)
        } catch {
            // SQLITE_CORRUPT and SQLITE_NOTADB.
            guard [11, 26].contains(error.code & 0xFF) else { throw error }
            for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
            store = try SQLiteStore(path: path, prepare: Self.prepare)
        }
    }

    func close() async { await store.close() }

    private static let schemaVersion: Int64 = 1

    private static func prepare(_ connection: SQLiteConnection) throws(SQLiteFailure) {
        let version = try connection.run("PRAGMA user_version").first?.first?.integer
        guard version != schemaVersion else { return }
        for table in ["record", "guard", "total"] { try connection.run("DROP TABLE IF EXISTS \(table)") }
        for statement in [
            "CREATE TABLE guard (name TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID",
            """
            CREATE TABLE record (
              key BLOB PRIMARY KEY, content BLOB NOT NULL, size INTEGER NOT NULL,
              expires INTEGER NOT NULL, used INTEGER NOT NULL)
            """,
            "CREATE INDEX record_by_use ON record (used)",
            "CREATE INDEX record_by_expiry ON record (expires)",
            "CREATE TABLE total (records INTEGER NOT NULL, bytes INTEGER NOT NULL)",
            "INSERT INTO total VALUES (0, 0)",
            """
            CREATE TRIGGER record_comes AFTER INSERT ON record BEGIN
              UPDATE total SET records = records + 1, bytes = bytes + NEW.size; END
            """,
            """
            CREATE TRIGGER record_goes AFTER DELETE ON record BEGIN
              UPDATE total SET records = records - 1, bytes = bytes - OLD.size; END
            """,
            "PRAGMA user_version = \(schemaVersion)",
        ] {
            try connection.run(statement)
        }
    }

    func stamp(_ guards: [String], _ answer: @escaping @Sendable (CacheStamp?) -> Void) {
        store.perform { connection throws(SQLiteFailure) in
            try Self.stamp(guards, connection)
        } _: {
            answer(try? $0.get())
        }
    }

    func read(
        _ key: CacheKey,
        _ guards: [String],
        _ answer: @escaping @Sendable (_ record: [UInt8]?, _ stamp: CacheStamp?) -> Void
    ) {
        let now = wallClock()
        store.perform { connection throws(SQLiteFailure) in
            let stamp = try Self.stamp(guards, connection)
            let sql = "SELECT content, used FROM record WHERE key = ? AND expires > ?"
            let row = try connection.run(sql, [.blob(key.bytes), .integer(now)]).first
            if let used = row?.last?.integer, used + Self.useGrain < now {
                let sql = "UPDATE record SET used = ? WHERE key = ?"
                try connection.run(sql, [.integer(now), .blob(key.bytes)])
            }
            return (row?.first?.blob, stamp)
        } _: { result in
            let found = try? result.get()
            answer(found?.0, found?.1)
        }
    }

    func write(
        _ key: CacheKey,
        _ record: [UInt8],
        _ guards: [String],
        _ stamp: CacheStamp,
        for lifetime: Duration,
        _ answer: @escaping @Sendable (Bool) -> Void
    ) {
        let now = wallClock()
        let expires = now + lifetime.components.seconds * 1_000 + 1_000
        // What would push out a large part of everything else is not worth it.
        guard record.count <= capacity / 4 else { return answer(true) }
        store.perform { [capacity] connection throws(SQLiteFailure) in
            guard try Self.stamp(guards, connection) == stamp else { return }
            try connection.run("DELETE FROM record WHERE expires <= ?", [.integer(now)])
            try connection.run("DELETE FROM record WHERE key = ?", [.blob(key.bytes)])
            try connection.run(
                "INSERT INTO record VALUES (?, ?, ?, ?, ?)",
                [
                    .blob(key.bytes), .blob(record), .integer(Int64(record.count + 128)), .integer(expires),
                    .integer(now),
                ]
            )
            while try Self.total(connection).bytes > capacity {
                let oldest = "SELECT rowid FROM record ORDER BY used, rowid LIMIT 8"
                try connection.run("DELETE FROM record WHERE rowid IN (\(oldest))")
                if connection.changes == 0 { break }
            }
        } _: { result in
            if case .success = result { answer(true) } else { answer(false) }
        }
    }

    func advance(_ guards: [String], _ answer: @escaping @Sendable (Bool) -> Void) {
        // On the disk before the answer of whoever wrote: a loss of power must not bring back what is outdated.
        store.perform(durably: true) { connection throws(SQLiteFailure) in
            for name in guards { try Self.renew(name, connection) }
        } _: { result in
            if case .success = result { answer(true) } else { answer(false) }
        }
    }

    func size(_ answer: @escaping @Sendable ((records: Int, bytes: Int)?) -> Void) {
        store.perform { connection throws(SQLiteFailure) in
            try Self.total(connection)
        } _: {
            answer(try? $0.get())
        }
    }

    private static func total(
        _ connection: SQLiteConnection
    ) throws(SQLiteFailure) -> (records: Int, bytes: Int) {
        let row = try connection.run("SELECT records, bytes FROM total").first
        return (Int(row?.first?.integer ?? 0), Int(row?.last?.integer ?? 0))
    }

    private static func stamp(
        _ guards: [String],
        _ connection: SQLiteConnection
    ) throws(SQLiteFailure) -> CacheStamp {
        var stamp: CacheStamp = []
        for name in guards {
            let row = try connection.run("SELECT generation FROM guard WHERE name = ?", [.text(name)]).first
            if let known = row?.first?.integer {
                stamp.append(UInt64(bitPattern: known))
            } else {
                stamp.append(try renew(name, connection))
            }
        }
        return stamp
    }

    /// Gives a guard a generation that it never had.
    @discardableResult
    private static func renew(
        _ name: String,
        _ connection: SQLiteConnection
    ) throws(SQLiteFailure) -> UInt64 {
        let generation = UInt64.random(in: .min ... .max)
        try connection.run(
            "INSERT OR REPLACE INTO guard VALUES (?, ?)",
            [.text(name), .integer(Int64(bitPattern: generation))]
        )
        return generation
    }
}
