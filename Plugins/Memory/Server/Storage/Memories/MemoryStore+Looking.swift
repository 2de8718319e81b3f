import FoundationEssentials
import GRDB
import RoostJSON

extension MemoryStore {
    /// The memory under a key; nil when there is none.
    func memory(_ key: String, in namespace: Namespace) throws(StorageError) -> Memory? {
        try read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "\(Self.select) WHERE namespace = ? AND key = ?"),
                arguments: [namespace.rawValue, key]
            ).map { try memory($0) }
        }
    }

    /// The memories with these numbers, those that exist.
    func memories(_ ids: [Int64]) throws(StorageError) -> [Int64: Memory] {
        guard !ids.isEmpty else { return [:] }
        return try read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: "\(Self.select) WHERE id IN (SELECT value FROM json_each(?))"),
                arguments: ["[\(ids.map(String.init).joined(separator: ","))]"]
            )
            var found: [Int64: Memory] = [:]
            while let row = try rows.next() {
                let memory = try memory(row)
                found[memory.id] = memory
            }
            return found
        }
    }

    /// A page of the memories whose keys begin with `prefix`, in the order of their numbers, beginning after `id`.
    func page(
        of namespace: Namespace,
        prefix: String,
        after id: Int64,
        limit: Int
    ) throws(StorageError) -> [Memory] {
        try read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        \(Self.select) WHERE namespace = ?1 AND id > ?2 AND substr(key, 1, length(?3)) = ?3
                        ORDER BY id LIMIT ?4
                        """
                ),
                arguments: [namespace.rawValue, id, prefix, limit]
            ).map { try memory($0) }
        }
    }

    /// A page of the memories that were last changed before `moment`, in the order of their numbers.
    func page(
        of namespace: Namespace,
        changedBefore moment: Int64,
        after id: Int64,
        limit: Int
    ) throws(StorageError) -> [Memory] {
        try read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql:
                        "\(Self.select) WHERE namespace = ?1 AND id > ?2 AND updated_at < ?3 ORDER BY id LIMIT ?4"
                ),
                arguments: [namespace.rawValue, id, moment, limit]
            ).map { try memory($0) }
        }
    }

    /// The first keys that begin with `prefix`, for completion.
    func keys(of namespace: Namespace, prefix: String, limit: Int) throws(StorageError) -> [String] {
        try read { db in
            try String.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT key FROM memory WHERE namespace = ?1 AND substr(key, 1, length(?2)) = ?2
                        ORDER BY key LIMIT ?3
                        """
                ),
                arguments: [namespace.rawValue, prefix, limit]
            )
        }
    }

    /// The memories whose words answer a question best, the best first.
    func ranked(_ query: LexicalQuery, in namespaces: [Namespace], limit: Int) throws(StorageError) -> [Int64]
    {
        try read { db in try WordRanking.fetch(db, query, in: namespaces, limit: limit) }
    }

    /// The memories that have no vectors of this model, the next ones after `id`.
    func memoriesWithoutVectors(
        of model: String,
        after id: Int64,
        limit: Int
    ) throws(StorageError) -> [Memory] {
        try read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        \(Self.select) WHERE id > ? AND NOT EXISTS
                        (SELECT 1 FROM memory_vector v WHERE v.memory = memory.id AND v.model = ?)
                        ORDER BY id LIMIT ?
                        """
                ),
                arguments: [id, model, limit]
            ).map { try memory($0) }
        }
    }

    /// How much a namespace holds; without a model no memory lacks vectors.
    func counts(of namespace: Namespace, model: String?) throws(StorageError) -> MemoryCounts {
        try read { db in
            let name = namespace.rawValue
            var counts = MemoryCounts()
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*), coalesce(sum(bytes), 0), min(updated_at), max(updated_at) FROM memory
                    WHERE namespace = ?
                    """,
                arguments: [name]
            )
            if let row {
                counts.memories = row[0]
                counts.bytes = row[1]
                counts.oldest = row[2]
                counts.newest = row[3]
            }
            counts.entities =
                try Int64.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM entity WHERE namespace = ?",
                    arguments: [name]
                ) ?? 0
            counts.relations =
                try Int64.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM relation WHERE namespace = ?",
                    arguments: [name]
                ) ?? 0
            guard let model else { return counts }
            counts.withoutVectors =
                try Int64.fetchOne(
                    db,
                    sql: """
                        SELECT count(*) FROM memory m WHERE namespace = ?1 AND NOT EXISTS
                        (SELECT 1 FROM memory_vector v WHERE v.memory = m.id AND v.model = ?2)
                        """,
                    arguments: [name, model]
                ) ?? 0
            return counts
        }
    }

    static let select =
        "SELECT id, namespace, key, content, metadata, created_at, updated_at, source FROM memory"

    func memory(_ row: Row) throws -> Memory {
        let namespace: String = row[1]
        let key: String = row[2]
        let owner = "\(namespace)\u{0}\(key)"
        let content = try cipher.open(row[3], for: owner)
        let metadata = try cipher.open(row[4], for: owner)
        return Memory(
            id: row[0],
            namespace: Namespace(rawValue: namespace),
            key: key,
            content: String(decoding: content, as: UTF8.self),
            metadata: (try? JSONDocument(parsing: metadata)).flatMap { JSONValue($0.root).object } ?? [:],
            createdAt: row[5],
            updatedAt: row[6],
            source: row[7]
        )
    }
}
