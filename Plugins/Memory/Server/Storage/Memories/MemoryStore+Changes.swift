import Embedding
import FoundationEssentials
import GRDB

extension MemoryStore {
    /// Memories that changed, with what they have become.
    struct ChangedMemories: Sendable {
        var number: Int64
        /// True when these are all there are.
        var isWhole: Bool
        var changed: [Int64]
        var memories: [Memory]
    }

    /// What happened to contents after the change `number`; nil when nothing did.
    func changedMemories(after number: Int64?) throws(StorageError) -> ChangedMemories? {
        try read { db in
            let span = try ChangeSpan(db)
            guard let number, span.covers(number) else {
                let all = try Row.fetchAll(db, sql: Self.select).map { try memory($0) }
                return ChangedMemories(number: span.newest, isWhole: true, changed: [], memories: all)
            }
            guard span.newest > number else { return nil }
            let changed = try Int64.fetchAll(
                db.cachedStatement(sql: "SELECT DISTINCT memory FROM memory_change WHERE number > ?"),
                arguments: [number]
            )
            let memories = try Row.fetchAll(
                db.cachedStatement(
                    sql: "\(Self.select) WHERE id IN (SELECT memory FROM memory_change WHERE number > ?)"
                ),
                arguments: [number]
            ).map { try memory($0) }
            return ChangedMemories(number: span.newest, isWhole: false, changed: changed, memories: memories)
        }
    }

    /// The changes that the database still knows.
    private struct ChangeSpan {
        let oldest: Int64
        let newest: Int64

        init(_ db: Database) throws {
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT min(number), max(number) FROM memory_change")
            )
            oldest = row?[0] ?? 1
            newest = row?[1] ?? 0
        }

        /// True when nothing after this change was forgotten.
        func covers(_ number: Int64) -> Bool { number <= newest && oldest <= number + 1 }
    }

    /// What happened after the change `number`; everything when it is nil or too long ago.
    ///
    /// Nil when nothing happened: the usual answer, and a cheap one.
    func changes(after number: Int64?, model: String, dimensions: Int) throws(StorageError) -> IndexChanges? {
        try read { db in
            let span = try ChangeSpan(db)
            guard let number, span.covers(number) else {
                return try whole(of: db, newest: span.newest, model, dimensions)
            }
            guard span.newest > number else { return nil }
            return try part(of: db, after: number, newest: span.newest, model, dimensions)
        }
    }

    private func whole(
        of db: Database,
        newest: Int64,
        _ model: String,
        _ dimensions: Int
    ) throws -> IndexChanges {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT m.id, m.namespace, m.key, v.vector FROM memory_vector v JOIN memory m ON m.id = v.memory
                    WHERE v.model = ? ORDER BY v.memory, v.passage
                    """
            ),
            arguments: [model]
        )
        var changes = IndexChanges(number: newest, isWhole: true, changed: [], entries: [])
        try collect(rows, dimensions, into: &changes)
        return changes
    }

    private func part(
        of db: Database,
        after number: Int64,
        newest: Int64,
        _ model: String,
        _ dimensions: Int
    ) throws -> IndexChanges {
        let changed = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT DISTINCT memory FROM memory_change WHERE number > ?"),
            arguments: [number]
        )
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT m.id, m.namespace, m.key, v.vector FROM memory_vector v JOIN memory m ON m.id = v.memory
                    WHERE v.model = ?1 AND v.memory IN (SELECT memory FROM memory_change WHERE number > ?2)
                    ORDER BY v.memory, v.passage
                    """
            ),
            arguments: [model, number]
        )
        var changes = IndexChanges(number: newest, isWhole: false, changed: changed, entries: [])
        try collect(rows, dimensions, into: &changes)
        return changes
    }

    private func collect(_ rows: RowCursor, _ dimensions: Int, into changes: inout IndexChanges) throws {
        while let row = try rows.next() {
            let id: Int64 = row[0]
            let namespace: String = row[1]
            let key: String = row[2]
            let sealed: Data = row[3]
            let bytes = try cipher.open(sealed, for: "\(namespace)\u{0}\(key)")
            guard let vector = VectorBytes.decode(bytes, dimensions: dimensions) else {
                changes.damaged += 1
                continue
            }
            if changes.entries.last?.id == id {
                changes.entries[changes.entries.count - 1].vectors.append(vector)
            } else {
                changes.entries.append(
                    .init(id: id, namespace: Namespace(rawValue: namespace), vectors: [vector])
                )
            }
        }
    }
}
