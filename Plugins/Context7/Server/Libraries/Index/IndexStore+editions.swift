import GRDB
import RoostJSON

/// A version of a library as the index has it.
struct IndexedEdition: Sendable, Hashable {
    var number: Int64
    var library: String
    /// Empty for the unnamed one.
    var version: String
    var title: String
    var summary: String
    /// Sentences that answers begin with.
    var rules: [String]
    /// The web address of the checkout's origin at its commit; empty: none.
    var origin: String
    /// Seconds since 1970; nil: never to its end.
    var indexedAt: Int64?
}

extension IndexStore {
    /// The edition of this name, made when it is new, and emptied when it was indexed under other rules.
    func edition(
        _ library: String,
        version: String,
        fingerprint: String
    ) throws(IndexFailure) -> IndexedEdition {
        try write { db in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT id, fingerprint FROM edition WHERE library = ? AND version = ?",
                arguments: [library, version]
            )
            if let row {
                let number: Int64 = row[0]
                if row[1] != fingerprint {
                    try Self.empty(db, number)
                    try db.execute(
                        sql: "UPDATE edition SET fingerprint = ?, indexed_at = NULL WHERE id = ?",
                        arguments: [fingerprint, number]
                    )
                }
            } else {
                try db.execute(
                    sql: "INSERT INTO edition (library, version, fingerprint) VALUES (?, ?, ?)",
                    arguments: [library, version, fingerprint]
                )
            }
            return try Self.editions(
                db,
                "WHERE library = ? AND version = ?",
                [library, version]
            )[0]
        }
    }

    /// Everything that is indexed.
    func editions() throws(IndexFailure) -> [IndexedEdition] {
        try read { db in try Self.editions(db, "ORDER BY id", []) }
    }

    /// Takes out what is not configured any more.
    func keepOnly(_ numbers: Set<Int64>) throws(IndexFailure) {
        try write { db in
            for number in try Int64.fetchAll(db, sql: "SELECT id FROM edition")
            where !numbers.contains(number) {
                try Self.empty(db, number)
                try db.execute(sql: "DELETE FROM edition WHERE id = ?", arguments: [number])
            }
        }
    }

    /// Notes what an edition says of itself and that it was indexed to its end.
    func finish(_ edition: IndexedEdition, at time: Int64) throws(IndexFailure) {
        let rules = JSONValue.array(edition.rules.map(JSONValue.string)).text
        try write { db in
            try db.execute(
                sql:
                    "UPDATE edition SET title = ?, summary = ?, rules = ?, origin = ?, indexed_at = ? WHERE id = ?",
                arguments: [edition.title, edition.summary, rules, edition.origin, time, edition.number]
            )
        }
    }

    /// Passages and files of an edition.
    func counts(of edition: Int64) throws(IndexFailure) -> (passages: Int, files: Int) {
        try read { db in
            (
                try Int.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM passage WHERE edition = ?",
                    arguments: [edition]
                ) ?? 0,
                try Int.fetchOne(
                    db,
                    sql: "SELECT count(DISTINCT file) FROM passage WHERE edition = ?",
                    arguments: [edition]
                ) ?? 0
            )
        }
    }

    private static func empty(_ db: Database, _ number: Int64) throws {
        try db.execute(sql: "DELETE FROM passage WHERE edition = ?", arguments: [number])
        try db.execute(sql: "DELETE FROM file WHERE edition = ?", arguments: [number])
    }

    private static func editions(
        _ db: Database,
        _ condition: String,
        _ arguments: StatementArguments
    ) throws -> [IndexedEdition] {
        try Row.fetchAll(
            db,
            sql:
                "SELECT id, library, version, title, summary, rules, origin, indexed_at FROM edition \(condition)",
            arguments: arguments
        ).map { row in
            let rules: String = row[5]
            return IndexedEdition(
                number: row[0],
                library: row[1],
                version: row[2],
                title: row[3],
                summary: row[4],
                rules: (try? JSONValue(parsing: rules))?.array?.compactMap(\.string) ?? [],
                origin: row[6],
                indexedAt: row[7]
            )
        }
    }
}
