package import SQLiteStore

/// Work in a SQLite file that several processes of one machine may share.
package final class SQLiteWorkStore: WorkStore {
    private let store: SQLiteStore

    /// Opens the file, or makes it, and brings its tables to this version.
    ///
    /// Blocks while it does. Throws when the file cannot be used, or was written by a newer host.
    package init(path: String) throws(SQLiteFailure) {
        store = try SQLiteStore(path: path, sharing: .processes, prepare: WorkSchema.prepare)
    }

    package func close() async { await store.close() }

    package func add(_ record: WorkRecord, limit: Int?) async throws(WorkStoreFailure) {
        let failure = try await perform(durably: true) {
            connection throws(SQLiteFailure) -> WorkStoreFailure? in
            let found = try connection.run("SELECT 1 FROM work WHERE id = ?", [.text(record.id)])
            guard found.isEmpty else { return .taken(id: record.id) }
            if let limit, record.state == .queued {
                let sql = "SELECT count(*) FROM work WHERE kind = ? AND state = ?"
                let values: [SQLiteValue] = [
                    .text(record.kind.rawValue), .text(WorkState.queued.rawValue),
                ]
                let waiting = try connection.run(sql, values).first?.first?.integer ?? 0
                guard waiting < limit else { return .full(limit: limit) }
            }
            try connection.run(WorkRow.insert, WorkRow.values(record))
            return nil
        }
        if let failure { throw failure }
    }

    package func read(_ id: String) async throws(WorkStoreFailure) -> WorkRecord? {
        try await records("WHERE id = ?", [.text(id)]).first
    }

    package func replace(_ record: WorkRecord) async throws(WorkStoreFailure) -> Bool {
        // What began and is lost begins again; what was acknowledged or came out must never be lost.
        let durably = record.state.isFinal || record.state == .queued
        return try await perform(durably: durably) { connection throws(SQLiteFailure) in
            try connection.run(WorkRow.update, WorkRow.changes(record))
            return connection.changes == 1
        }
    }

    package func remove(_ id: String) async throws(WorkStoreFailure) -> Bool {
        try await perform(durably: true) { connection throws(SQLiteFailure) in
            try connection.run("DELETE FROM work WHERE id = ?", [.text(id)])
            return connection.changes == 1
        }
    }

    package func claim(
        _ kind: WorkKind,
        _ lease: WorkLease,
        now: Int64
    ) async throws(WorkStoreFailure) -> WorkRecord? {
        try await perform { connection throws(SQLiteFailure) in
            let sql = WorkRow.select + "WHERE kind = ? AND state = ? ORDER BY queued, rowid LIMIT 1"
            let values: [SQLiteValue] = [.text(kind.rawValue), .text(WorkState.queued.rawValue)]
            guard let row = try connection.run(sql, values).first, var record = WorkRow.record(row),
                record.begin(lease, at: now)
            else { return nil }
            try connection.run(WorkRow.update, WorkRow.changes(record))
            return record.replaced
        }
    }

    package func renew(_ kind: WorkKind, _ lease: WorkLease) async throws(WorkStoreFailure) -> Set<String> {
        try await perform { connection throws(SQLiteFailure) in
            let sql = "UPDATE work SET lease_until = ? WHERE kind = ? AND holder = ? RETURNING id"
            let values: [SQLiteValue] = [
                .integer(lease.until), .text(kind.rawValue), .text(lease.holder),
            ]
            return Set(try connection.run(sql, values).compactMap { $0.first?.text })
        }
    }

    package func lapsed(
        _ kind: WorkKind,
        now: Int64,
        or holder: String?
    ) async throws(WorkStoreFailure) -> [WorkRecord] {
        try await records(
            "WHERE kind = ? AND state = ? AND (lease_until < ? OR holder IS NULL OR holder = ?) ORDER BY queued",
            [
                .text(kind.rawValue), .text(WorkState.working.rawValue), .integer(now),
                holder.map { .text($0) } ?? .null,
            ]
        )
    }

    package func append(_ chunk: [UInt8], to id: String) async throws(WorkStoreFailure) -> Bool {
        try await perform { connection throws(SQLiteFailure) in
            guard try !connection.run("SELECT 1 FROM work WHERE id = ?", [.text(id)]).isEmpty else {
                return false
            }
            try connection.run(
                """
                INSERT INTO chunk (id, position, content)
                SELECT ?1, coalesce(max(position), 0) + 1, ?2 FROM chunk WHERE id = ?1
                """,
                [.text(id), .blob(chunk)]
            )
            return true
        }
    }

    package func takeChunks(of id: String, bytes: Int) async throws(WorkStoreFailure) -> [[UInt8]] {
        try await perform { connection throws(SQLiteFailure) in
            // The sum that runs along the chunks tells where to stop without reading what stays.
            let rows = try connection.run(
                """
                SELECT position, content FROM (
                  SELECT position, content, sum(length(content)) OVER (ORDER BY position) AS total
                  FROM chunk WHERE id = ?1)
                WHERE total <= ?2 OR position = (SELECT min(position) FROM chunk WHERE id = ?1)
                ORDER BY position
                """,
                [.text(id), .integer(Int64(bytes))]
            )
            guard let last = rows.last?.first?.integer else { return [] }
            let sql = "DELETE FROM chunk WHERE id = ? AND position <= ?"
            try connection.run(sql, [.text(id), .integer(last)])
            return rows.compactMap { $0.last?.blob }
        }
    }

    package func chunks(of id: String) async throws(WorkStoreFailure) -> (count: Int, bytes: Int) {
        let row = try await perform { connection throws(SQLiteFailure) in
            try connection.run(
                "SELECT count(*), coalesce(sum(length(content)), 0) FROM chunk WHERE id = ?",
                [.text(id)]
            ).first
        }
        return (Int(row?.first?.integer ?? 0), Int(row?.last?.integer ?? 0))
    }

    package func removeChunks(of id: String) async throws(WorkStoreFailure) {
        try await perform { connection throws(SQLiteFailure) in
            try connection.run("DELETE FROM chunk WHERE id = ?", [.text(id)])
        }
    }

    package func records(
        _ kind: WorkKind,
        in states: Set<WorkState>,
        limit: Int
    ) async throws(WorkStoreFailure) -> [WorkRecord] {
        let places = states.map { _ in "?" }.joined(separator: ", ")
        return try await records(
            "WHERE kind = ? AND state IN (\(places)) ORDER BY queued, rowid LIMIT ?",
            [.text(kind.rawValue)] + states.map { .text($0.rawValue) } + [.integer(Int64(limit))]
        )
    }

    package func counts(of kind: WorkKind) async throws(WorkStoreFailure) -> [WorkState: Int] {
        try await perform { connection throws(SQLiteFailure) in
            let sql = "SELECT state, count(*) FROM work WHERE kind = ? GROUP BY state"
            var counts: [WorkState: Int] = [:]
            for row in try connection.run(sql, [.text(kind.rawValue)]) {
                guard let state = row[0].text.flatMap(WorkState.init(rawValue:)) else { continue }
                counts[state] = Int(row[1].integer ?? 0)
            }
            return counts
        }
    }

    package func removeExpired(_ kind: WorkKind, now: Int64) async throws(WorkStoreFailure) -> [String] {
        try await perform { connection throws(SQLiteFailure) in
            let sql = "DELETE FROM work WHERE kind = ? AND expires <= ? RETURNING id"
            return try connection.run(sql, [.text(kind.rawValue), .integer(now)]).compactMap {
                $0.first?.text
            }
        }
    }

    private func records(
        _ condition: String,
        _ values: [SQLiteValue]
    ) async throws(WorkStoreFailure) -> [WorkRecord] {
        try await perform { connection throws(SQLiteFailure) in
            try connection.run(WorkRow.select + condition, values).compactMap { WorkRow.record($0) }
        }
    }

    @discardableResult
    private func perform<Result: Sendable>(
        durably: Bool = false,
        _ work: @escaping @Sendable (SQLiteConnection) throws(SQLiteFailure) -> Result
    ) async throws(WorkStoreFailure) -> Result {
        let result: Swift.Result<Result, SQLiteFailure> = await withCheckedContinuation { continuation in
            store.perform(durably: durably, work) { continuation.resume(returning: $0) }
        }
        switch result {
        case .success(let value): return value
        case .failure(let failure): throw .unavailable(failure.description)
        }
    }
}
