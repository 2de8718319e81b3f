import GRDB

/// The tables and how older files become the present ones.
///
/// ```
/// edition ─< file ─< passage ── passage_words (FTS5 over the passage's own columns)
///                       └───── passage_vector
/// answer: what the service said, by question
/// ```
/// A migration, once released, is never changed; a new one is appended.
enum IndexSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: libraries and answers", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: tables + words + answers)
        }
        return migrator
    }

    /// Raised when pages are read or cut otherwise than before: files are then read again.
    static let readerVersion = 2

    private static let tables = """
        CREATE TABLE edition (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            library TEXT NOT NULL,
            version TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            title TEXT NOT NULL DEFAULT '',
            summary TEXT NOT NULL DEFAULT '',
            rules TEXT NOT NULL DEFAULT '[]',
            origin TEXT NOT NULL DEFAULT '',
            indexed_at INTEGER,
            UNIQUE (library, version)
        );
        CREATE TABLE file (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            edition INTEGER NOT NULL,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            digest BLOB NOT NULL,
            title TEXT NOT NULL,
            UNIQUE (edition, path)
        );
        CREATE TABLE passage (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            edition INTEGER NOT NULL,
            file INTEGER NOT NULL,
            place INTEGER NOT NULL,
            title TEXT NOT NULL,
            trail TEXT NOT NULL,
            body TEXT NOT NULL,
            terms TEXT NOT NULL,
            scope TEXT NOT NULL,
            line INTEGER NOT NULL,
            has_code INTEGER NOT NULL,
            is_guide INTEGER NOT NULL
        );
        CREATE INDEX passage_by_file ON passage (file);
        CREATE INDEX passage_by_edition ON passage (edition);
        CREATE TABLE passage_vector (
            passage INTEGER PRIMARY KEY,
            edition INTEGER NOT NULL,
            model TEXT NOT NULL,
            vector BLOB NOT NULL
        );
        CREATE INDEX passage_vector_by_edition ON passage_vector (edition);

        """

    /// `scope` holds one word, the edition's: a search for it and others looks at one edition only.
    private static let words = """
        CREATE VIRTUAL TABLE passage_words USING fts5 (
            title, trail, body, terms, scope, content = 'passage', content_rowid = 'id',
            tokenize = "porter unicode61 remove_diacritics 2"
        );
        CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
            INSERT INTO passage_words (rowid, title, trail, body, terms, scope)
            VALUES (new.id, new.title, new.trail, new.body, new.terms, new.scope);
        END;
        CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
            INSERT INTO passage_words (passage_words, rowid, title, trail, body, terms, scope)
            VALUES ('delete', old.id, old.title, old.trail, old.body, old.terms, old.scope);
            DELETE FROM passage_vector WHERE passage = old.id;
        END;

        """

    private static let answers = """
        CREATE TABLE answer (
            key TEXT PRIMARY KEY,
            body BLOB NOT NULL,
            fetched_at INTEGER NOT NULL
        );
        CREATE INDEX answer_by_age ON answer (fetched_at);
        """
}
