import Embedding
import FoundationEssentials
import GRDB
import RoostJSON

extension MemoryStore {
    /// Stores a memory under its key, over the one that was there.
    ///
    /// A namespace takes `most` memories; one more fails.
    ///
    /// - Returns: The memory's number, and whether it is new.
    func put(_ draft: MemoryDraft, most: Int = .max) throws(StorageError) -> (id: Int64, isNew: Bool) {
        try write { db in
            let result = try put(draft, in: db)
            // Counting a large namespace each time would cost more than the memory itself.
            if result.isNew, most < 10_000 || result.id % 64 == 0 {
                let count = try Int.fetchOne(
                    db.cachedStatement(sql: "SELECT count(*) FROM memory WHERE namespace = ?"),
                    arguments: [draft.namespace.rawValue]
                )
                // Thrown inside the transaction: what was put is taken back.
                guard (count ?? 0) <= most else { throw StorageError.full(most: most) }
            }
            return result
        }
    }

    /// The same inside a transaction.
    func put(_ draft: MemoryDraft, in db: Database) throws -> (id: Int64, isNew: Bool) {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM memory WHERE namespace = ? AND key = ?"),
            arguments: [draft.namespace.rawValue, draft.key]
        )
        let owner = "\(draft.namespace.rawValue)\u{0}\(draft.key)"
        let content = try cipher.seal(draft.content.utf8, for: owner)
        let metadata = try cipher.seal(JSONValue.object(draft.metadata).bytes, for: owner)
        let bytes = draft.content.utf8.count
        let id: Int64
        if let known {
            id = known
            try db.cachedStatement(
                sql:
                    "UPDATE memory SET content = ?, metadata = ?, bytes = ?, updated_at = ?, source = ? WHERE id = ?"
            ).execute(arguments: [content, metadata, bytes, draft.now, draft.source, id])
            try db.forgetIndexed(id)
        } else {
            try db.cachedStatement(
                sql: """
                    INSERT INTO memory (namespace, key, content, metadata, bytes, created_at, updated_at, source)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)
                    """
            ).execute(arguments: [
                draft.namespace.rawValue, draft.key, content, metadata, bytes, draft.now, draft.source,
            ])
            id = db.lastInsertedRowID
        }
        if !cipher.isSealing { try db.insertWords(of: id, draft.content, draft.key, draft.namespace) }
        try insertVectors(draft.vectors, draft.model, of: id, owner: owner, in: db)
        try db.noteChange(of: id)
        return (id, known == nil)
    }

    /// Gives a memory its vectors, unless it changed since they were computed.
    func addVectors(_ vectors: [[Float]], _ model: String, to memory: Memory) throws(StorageError) {
        try write { db in
            let updated = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT updated_at FROM memory WHERE id = ?"),
                arguments: [memory.id]
            )
            guard updated == memory.updatedAt else { return }
            try db.cachedStatement(sql: "DELETE FROM memory_vector WHERE memory = ?").execute(arguments: [
                memory.id
            ])
            let owner = "\(memory.namespace.rawValue)\u{0}\(memory.key)"
            try insertVectors(vectors, model, of: memory.id, owner: owner, in: db)
            try db.noteChange(of: memory.id)
        }
    }

    /// Deletes a memory; false when there is none under the key.
    func delete(_ key: String, in namespace: Namespace) throws(StorageError) -> Bool {
        try write { db in
            let id = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT id FROM memory WHERE namespace = ? AND key = ?"),
                arguments: [namespace.rawValue, key]
            )
            guard let id else { return false }
            try db.deleteMemory(id)
            return true
        }
    }

    /// Deletes memories by their numbers; those that changed after `moment` or are gone stay out of it.
    ///
    /// - Returns: How many were deleted.
    func delete(_ ids: [Int64], unchangedSince moment: Int64) throws(StorageError) -> Int {
        try write { db in
            var deleted = 0
            for id in ids {
                let updated = try Int64.fetchOne(
                    db.cachedStatement(sql: "SELECT updated_at FROM memory WHERE id = ?"),
                    arguments: [id]
                )
                guard let updated, updated < moment else { continue }
                try db.deleteMemory(id)
                deleted += 1
            }
            return deleted
        }
    }

    private func insertVectors(
        _ vectors: [[Float]],
        _ model: String,
        of id: Int64,
        owner: String,
        in db: Database
    ) throws {
        for (passage, vector) in vectors.enumerated() {
            try db.cachedStatement(
                sql: "INSERT INTO memory_vector (memory, passage, model, vector) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [
                id, passage, model, try cipher.seal(VectorBytes.encode(vector), for: owner),
            ])
        }
    }
}

extension Database {
    /// Says that a memory changed, for every index that follows.
    fileprivate func noteChange(of id: Int64) throws {
        try cachedStatement(sql: "INSERT INTO memory_change (memory) VALUES (?)").execute(arguments: [id])
        let number = lastInsertedRowID
        guard number % 1000 == 0 else { return }
        // An index that lags behind further than this is loaded anew.
        try execute(sql: "DELETE FROM memory_change WHERE number <= ?", arguments: [number - 100_000])
    }

    func insertWords(of id: Int64, _ content: String, _ key: String, _ namespace: Namespace) throws {
        try cachedStatement(
            sql: "INSERT INTO memory_words (rowid, content, key, namespace) VALUES (?, ?, ?, ?)"
        )
        .execute(arguments: [
            id, content.withoutNUL, key, namespace.rawValue,
        ])
    }

    fileprivate func forgetIndexed(_ id: Int64) throws {
        try cachedStatement(sql: "DELETE FROM memory_words WHERE rowid = ?").execute(arguments: [id])
        try cachedStatement(sql: "DELETE FROM memory_vector WHERE memory = ?").execute(arguments: [id])
    }

    func deleteMemory(_ id: Int64) throws {
        try forgetIndexed(id)
        try cachedStatement(sql: "DELETE FROM memory WHERE id = ?").execute(arguments: [id])
        try noteChange(of: id)
    }
}

extension String {
    /// The text as FTS5 can take it: a C string would end at a NUL.
    var withoutNUL: String {
        utf8.contains(0) ? String(unicodeScalars.map { $0.value == 0 ? " " : Character($0) }) : self
    }
}
