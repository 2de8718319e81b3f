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
        migrator.registerMigration("2: memories and namespaces", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: memories + words)
            try db.execute(sql: namespaces)
        }
        return migrator
    }

    /// Memories, the words of their contents, their vectors, and which of them changed when.
    ///
    /// `memory_change` is how an index in memory follows what any process writes: numbers rise and are never used again.
    private static let memories = """
        CREATE TABLE memory (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            namespace TEXT NOT NULL,
            key TEXT NOT NULL,
            content BLOB NOT NULL,
            metadata BLOB NOT NULL,
            bytes INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            source TEXT,
            UNIQUE (namespace, key)
        );
        CREATE INDEX memory_by_update ON memory (namespace, updated_at);
        CREATE TABLE memory_vector (
            memory INTEGER NOT NULL,
            passage INTEGER NOT NULL,
            model TEXT NOT NULL,
            vector BLOB NOT NULL,
            PRIMARY KEY (memory, passage)
        ) WITHOUT ROWID;
        CREATE TABLE memory_change (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            memory INTEGER NOT NULL
        );
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value BLOB NOT NULL
        ) WITHOUT ROWID;
        """

    /// The words of contents and keys; numbers are those of the memories.
    static let words = """
        CREATE VIRTUAL TABLE memory_words USING fts5 (
            content, key, namespace UNINDEXED, tokenize = "porter unicode61 remove_diacritics 2"
        );
        """

    /// A graph for each namespace; what was there belongs to callers without a name.
    private static let namespaces = """
        ALTER TABLE entity RENAME TO old_entity;
        CREATE TABLE entity (
            id INTEGER PRIMARY KEY,
            namespace TEXT NOT NULL DEFAULT '',
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            folded_name TEXT NOT NULL,
            folded_type TEXT NOT NULL,
            UNIQUE (namespace, name)
        );
        INSERT INTO entity (id, name, type, folded_name, folded_type)
            SELECT id, name, type, folded_name, folded_type FROM old_entity ORDER BY id;
        DROP TABLE old_entity;
        ALTER TABLE relation RENAME TO old_relation;
        DROP INDEX relation_by_target;
        CREATE TABLE relation (
            id INTEGER PRIMARY KEY,
            namespace TEXT NOT NULL DEFAULT '',
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            type TEXT NOT NULL,
            UNIQUE (namespace, source, target, type)
        );
        INSERT INTO relation (id, source, target, type) SELECT id, source, target, type FROM old_relation ORDER BY id;
        DROP TABLE old_relation;
        CREATE INDEX relation_by_target ON relation (namespace, target);
        """
}
