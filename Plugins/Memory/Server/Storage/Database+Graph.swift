import GRDB

/// The single statements that the store's calls are made of. Each statement is prepared once per connection.
extension Database {
    /// The id of the new entity, without its observations, or nil when the name exists.
    func insertEntity(_ entity: Entity, in namespace: Namespace) throws -> Int64? {
        let statement = try cachedStatement(
            sql: """
                INSERT INTO entity (namespace, name, type, folded_name, folded_type) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (namespace, name) DO NOTHING
                """
        )
        try statement.execute(arguments: [
            namespace.rawValue, StoredText(entity.name), StoredText(entity.entityType),
            StoredText(FoldedText.fold(entity.name)), StoredText(FoldedText.fold(entity.entityType)),
        ])
        return changesCount > 0 ? lastInsertedRowID : nil
    }

    func insertObservation(_ text: String, of entity: Int64) throws {
        try cachedStatement(sql: "INSERT INTO observation (entity, text, folded_text) VALUES (?, ?, ?)")
            .execute(arguments: [entity, StoredText(text), StoredText(FoldedText.fold(text))])
    }

    /// False when the same triple exists.
    func insertRelation(_ relation: Relation, in namespace: Namespace) throws -> Bool {
        let statement = try cachedStatement(
            sql: """
                INSERT INTO relation (namespace, source, target, type) VALUES (?, ?, ?, ?)
                ON CONFLICT (namespace, source, target, type) DO NOTHING
                """
        )
        try statement.execute(arguments: [
            namespace.rawValue, StoredText(relation.from), StoredText(relation.to),
            StoredText(relation.relationType),
        ])
        return changesCount > 0
    }

    func entityID(named name: String, in namespace: Namespace) throws -> Int64? {
        try Int64.fetchOne(
            cachedStatement(sql: "SELECT id FROM entity WHERE namespace = ? AND name = ?"),
            arguments: [namespace.rawValue, StoredText(name)]
        )
    }

    func observations(of entity: Int64) throws -> [String] {
        try StoredText.fetchAll(
            cachedStatement(sql: "SELECT text FROM observation WHERE entity = ? ORDER BY id"),
            arguments: [entity]
        ).map(\.text)
    }
}
