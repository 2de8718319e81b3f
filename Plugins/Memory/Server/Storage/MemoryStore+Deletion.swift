import GRDB

extension MemoryStore {
    /// Deletes the named entities, and every relation that starts or ends at one of the names, existing or not.
    package func deleteEntities(
        named names: [String],
        in namespace: Namespace = .local
    ) throws(StorageError) {
        try write { db in
            for name in names.map(StoredText.init) {
                try db.cachedStatement(
                    sql: """
                        DELETE FROM observation
                        WHERE entity = (SELECT id FROM entity WHERE namespace = ? AND name = ?)
                        """
                ).execute(arguments: [namespace.rawValue, name])
                try db.cachedStatement(sql: "DELETE FROM entity WHERE namespace = ? AND name = ?")
                    .execute(arguments: [namespace.rawValue, name])
                try db.cachedStatement(
                    sql: "DELETE FROM relation WHERE namespace = ? AND (source = ? OR target = ?)"
                ).execute(arguments: [namespace.rawValue, name, name])
            }
        }
    }

    /// Deletes the given texts from their entities.
    ///
    /// Unknown entities and texts are passed over.
    package func deleteObservations(
        _ deletions: [EntityObservations],
        in namespace: Namespace = .local
    ) throws(StorageError) {
        try write { db in
            for deletion in deletions {
                guard let id = try db.entityID(named: deletion.entityName, in: namespace) else { continue }
                for text in deletion.observations {
                    try db.cachedStatement(sql: "DELETE FROM observation WHERE entity = ? AND text = ?")
                        .execute(arguments: [id, StoredText(text)])
                }
            }
        }
    }

    /// Deletes exactly these triples.
    ///
    /// Unknown ones are passed over.
    package func deleteRelations(
        _ relations: [Relation],
        in namespace: Namespace = .local
    ) throws(StorageError) {
        try write { db in
            for relation in relations {
                try db.cachedStatement(
                    sql: "DELETE FROM relation WHERE namespace = ? AND source = ? AND target = ? AND type = ?"
                )
                .execute(arguments: [
                    namespace.rawValue, StoredText(relation.from), StoredText(relation.to),
                    StoredText(relation.relationType),
                ])
            }
        }
    }
}
