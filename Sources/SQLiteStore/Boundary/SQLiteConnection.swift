import CSQLite

/// One open SQLite file.
///
/// Used by one thread at a time: by whoever opens it until ``SQLiteStore`` has it, by the store's thread until that has
/// ended, then by whoever closes it. That is why it may be marked as sendable.
package final class SQLiteConnection: @unchecked Sendable {
    /// Invariant: open from init to close; nil afterwards.
    private var database: OpaquePointer?
    /// Prepared statements by their text.
    ///
    /// Invariant: all belong to `database`, none is in the middle of a run between two calls.
    private var statements: [String: OpaquePointer] = [:]

    init(path: String) throws(SQLiteFailure) {
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &database, flags, nil)
        guard code == SQLITE_OK else {
            // SQLite gives a handle even then, for the message, and wants it back.
            let failure = failure(code, "open \(path)")
            close()
            throw failure
        }
        sqlite3_extended_result_codes(database, 1)
        sqlite3_busy_timeout(database, 2_000)
    }

    deinit { close() }

    /// Closes the file; a second time does nothing.
    func close() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
        sqlite3_close_v2(database)
        database = nil
    }

    /// Runs one statement and gives its rows.
    ///
    /// `?` in the text stands for a value, in order. The prepared statement is kept for the next time.
    @discardableResult
    package func run(_ sql: String, _ values: [SQLiteValue] = []) throws(SQLiteFailure) -> [[SQLiteValue]] {
        guard database != nil else { throw .closed }
        let statement = try prepared(sql)
        defer {
            // Errors were told by step already; both calls cannot fail otherwise.
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() {
            let code = bind(value, to: statement, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw failure(code, sql) }
        }
        var rows: [[SQLiteValue]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append((0..<sqlite3_column_count(statement)).map { column(statement, $0) })
            case SQLITE_DONE: return rows
            case let code: throw failure(code, sql)
            }
        }
    }

    /// How many rows the last insert, update or delete changed.
    package var changes: Int { Int(sqlite3_changes64(database)) }

    /// Passes to the write-ahead log while others may do the same.
    ///
    /// SQLite does not wait for its busy timeout here where two could wait for each other: so this tries again.
    func shareLog() throws(SQLiteFailure) {
        for attempt in 1... {
            do throws(SQLiteFailure) {
                try run("PRAGMA journal_mode = WAL")
                return
            } catch {
                // SQLITE_BUSY, up to two seconds of it.
                guard error.code & 0xFF == 5, attempt < 200 else { throw error }
                sqlite3_sleep(10)
            }
        }
    }

    /// Runs `work` in a transaction that is undone when it throws.
    func transaction<Result>(
        _ work: (SQLiteConnection) throws(SQLiteFailure) -> Result
    ) -> Swift.Result<Result, SQLiteFailure> {
        do throws(SQLiteFailure) {
            try run("BEGIN IMMEDIATE")
            do throws(SQLiteFailure) {
                let result = try work(self)
                try run("COMMIT")
                return .success(result)
            } catch {
                // SQLite has undone some errors itself: then there is nothing left to undo.
                if sqlite3_get_autocommit(database) == 0 { _ = try? run("ROLLBACK") }
                throw error
            }
        } catch {
            return .failure(error)
        }
    }

    private func prepared(_ sql: String) throws(SQLiteFailure) -> OpaquePointer {
        if let known = statements[sql] { return known }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code, sql) }
        statements[sql] = statement
        return statement
    }

    /// Every pointer is used up before this returns: SQLITE_TRANSIENT makes SQLite copy.
    private func bind(_ value: SQLiteValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        return switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text): sqlite3_bind_text(statement, index, text, -1, copy)
        case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, index, 0)
        case .blob(let bytes):
            bytes.withUnsafeBytes {
                sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), copy)
            }
        }
    }

    /// The pointers are SQLite's own and good until the next step; the bytes are copied out at once.
    private func column(_ statement: OpaquePointer, _ index: Int32) -> SQLiteValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            return .text(sqlite3_column_text(statement, index).map { String(cString: $0) } ?? "")
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, index)
            let count = Int(sqlite3_column_bytes(statement, index))
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
        default: return .null
        }
    }

    private func failure(_ code: Int32, _ place: String) -> SQLiteFailure {
        let words = sqlite3_errmsg(database).map { String(cString: $0) } ?? "error \(code)"
        return SQLiteFailure(code: code, "\(words) (\(place))")
    }
}
