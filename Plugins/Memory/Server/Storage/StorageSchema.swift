import GRDB

/// The tables of the graph and how older files become the present ones.
///
/// Row ids rise with insertion, so their order is the graph's order. There are no foreign keys: a relation may name
/// entities that do not exist. A migration, once released, is never changed; a new one is appended.
enum StorageSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: graph", foreignKeyChecks: .immediate) { db in
            try db.execute(
                sql: """
                    CREATE TABLE entity (
                        id INTEGER PRIMARY KEY,
                        name TEXT NOT NULL UNIQUE,
                        type TEXT NOT NULL,
                        folded_name TEXT NOT NULL,
                        folded_type TEXT NOT NULL
                    );
                    CREATE TABLE observation (
                        id INTEGER PRIMARY KEY,
                        entity INTEGER NOT NULL,
                        text TEXT NOT NULL,
                        folded_text TEXT NOT NULL
                    );
                    CREATE INDEX observation_by_entity ON observation (entity);
                    CREATE TABLE relation (
                        id INTEGER PRIMARY KEY,
                        source TEXT NOT NULL,
                        target TEXT NOT NULL,
                        type TEXT NOT NULL,
                        UNIQUE (source, target, type)
                    );
                    CREATE INDEX relation_by_target ON relation (target);
                    CREATE TABLE exchanged_file (
                        fingerprint TEXT NOT NULL,
                        path TEXT NOT NULL,
                        direction TEXT NOT NULL,
                        PRIMARY KEY (fingerprint, path, direction)
                    );
                    """
            )
        }
        return migrator
    }
}
