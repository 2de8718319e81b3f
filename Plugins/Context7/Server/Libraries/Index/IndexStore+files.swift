import FoundationEssentials
import GRDB

/// A file as it was when it was indexed.
struct IndexedFile: Sendable {
    var number: Int64
    var size: Int64
    var modified: Int64
    var digest: Data
}

/// A file that was read: nil as its page when it holds nothing to ask for.
struct ReadFile: Sendable {
    var file: FileTree.File
    var digest: Data
    var page: Page?
    var isGuide: Bool
}

extension IndexStore {
    /// What is indexed of an edition, by path.
    func files(of edition: Int64) throws(IndexFailure) -> [String: IndexedFile] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT path, id, size, modified, digest FROM file WHERE edition = ?",
                arguments: [edition]
            )
            return Dictionary(
                rows.map { row in
                    let file = IndexedFile(number: row[1], size: row[2], modified: row[3], digest: row[4])
                    return (row[0], file)
                },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    /// Puts files in the place of what was there under their paths, all or none.
    func replace(_ files: [ReadFile], of edition: Int64) throws(IndexFailure) {
        try write { db in
            for file in files { try Self.replace(db, file, edition) }
        }
    }

    /// Notes that files have other times and the same contents.
    func touch(_ files: [FileTree.File], of edition: Int64) throws(IndexFailure) {
        try write { db in
            for file in files {
                try db.cachedStatement(
                    sql: "UPDATE file SET size = ?, modified = ? WHERE edition = ? AND path = ?"
                ).execute(arguments: [file.size, file.modified, edition, file.path])
            }
        }
    }

    /// Takes files out.
    func remove(_ paths: [String], of edition: Int64) throws(IndexFailure) {
        try write { db in
            for path in paths { try Self.remove(db, path, edition) }
        }
    }

    private static func remove(_ db: Database, _ path: String, _ edition: Int64) throws {
        try db.cachedStatement(
            sql: "DELETE FROM passage WHERE file = (SELECT id FROM file WHERE edition = ? AND path = ?)"
        ).execute(arguments: [edition, path])
        try db.cachedStatement(sql: "DELETE FROM file WHERE edition = ? AND path = ?")
            .execute(arguments: [edition, path])
    }

    private static func replace(_ db: Database, _ read: ReadFile, _ edition: Int64) throws {
        try remove(db, read.file.path, edition)
        try db.cachedStatement(
            sql: "INSERT INTO file (edition, path, size, modified, digest, title) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(
            arguments: [
                edition, read.file.path, read.file.size, read.file.modified, read.digest,
                read.page?.title ?? "",
            ]
        )
        guard let page = read.page else { return }
        let number = db.lastInsertedRowID
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO passage
                (edition, file, place, title, trail, body, terms, scope, line, has_code, is_guide)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for (place, passage) in page.passages.enumerated() {
            let trail = passage.trail.joined(separator: " > ")
            let text = "\(read.file.path) \(trail) \(passage.body)"
            try insert.execute(
                arguments: [
                    edition, number, place, passage.title, trail, passage.body,
                    IdentifierWords.parts(of: text).joined(separator: " "), Self.scope(edition), passage.line,
                    passage.hasCode, read.isGuide,
                ]
            )
        }
    }

    /// The word that all passages of an edition have, and no text.
    static func scope(_ edition: Int64) -> String { "qxedition\(edition)qx" }
}
