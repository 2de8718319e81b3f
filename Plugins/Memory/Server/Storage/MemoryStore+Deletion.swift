import GRDB

extension MemoryStore {
    /// Deletes the named entities, and every relation that starts or ends at one of the names, existing or not.
    package func deleteEntities(named names: [String]) throws(StorageError) {
        try write { db in
            for name in names.map(StoredText.init) {
                try db.cachedStatement(
                    sql: "DELETE FROM observation WHERE entity = (SELECT id FROM entity WHERE name = ?)"
                ).execute(arguments: [name])
                try db.cachedStatement(sql: "DELETE FROM entity WHERE name = ?").execute(arguments: [name])
                try db.cachedStatement(sql: "DELETE FROM relation WHERE source = ? OR target = ?")
                    .execute(arguments: [name, name])
            }
        }
    }

    /// Deletes the given texts from their entities.
    ///
    /// Unknown entities and texts are passed over.
    package func deleteObservations(_ deletions: [EntityObservations]) throws(StorageError) {
        try write { db in
            for deletion in deletions {
                guard let id = try db.entityID(named: deletion.entityName) else { continue }
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
    package func deleteRelations(_ relations: [Relation]) throws(StorageError) {
        try write { db in
            for relation in relations {
                try db.cachedStatement(
                    sql: "DELETE FROM relation WHERE source = ? AND target = ? AND type = ?"
                )
                .execute(arguments: [
                    StoredText(relation.from), StoredText(relation.to), StoredText(relation.relationType),
                ])
            }
        }
    }
}
