import FoundationEssentials
import GRDB

/// Brings a database and the configured cipher together when it is opened.
enum Sealing {
    private static let setting = "sealed-proof"
    private static let proof = Array("roost memory".utf8)

    /// Checks that the cipher is the one of the contents; seals what is there when it is the first.
    ///
    /// - Returns: True when contents were sealed now: the file has to be written anew, so that no page keeps what was.
    /// - Throws: ``StorageError/wrongKey`` when the contents are sealed with another key, or no key is configured for them.
    static func settle(_ db: Database, _ cipher: ContentCipher) throws -> Bool {
        let known = try Data.fetchOne(
            db,
            sql: "SELECT value FROM setting WHERE name = ?",
            arguments: [setting]
        )
        if let known {
            guard cipher.isSealing, try cipher.open(known, for: setting) == proof else {
                throw StorageError.wrongKey
            }
            return false
        }
        guard cipher.isSealing else { return false }
        let rows = try Row.fetchAll(db, sql: "SELECT id, namespace, key, content, metadata FROM memory")
        for row in rows {
            let owner = "\(row[1] as String)\u{0}\(row[2] as String)"
            let content: Data = row[3]
            let metadata: Data = row[4]
            try db.execute(
                sql: "UPDATE memory SET content = ?, metadata = ? WHERE id = ?",
                arguments: [
                    try cipher.seal(content, for: owner), try cipher.seal(metadata, for: owner),
                    row[0] as Int64,
                ]
            )
        }
        let vectors = try Row.fetchAll(
            db,
            sql: """
                SELECT v.memory, v.passage, v.vector, m.namespace, m.key FROM memory_vector v
                JOIN memory m ON m.id = v.memory
                """
        )
        for row in vectors {
            let owner = "\(row[3] as String)\u{0}\(row[4] as String)"
            let vector: Data = row[2]
            try db.execute(
                sql: "UPDATE memory_vector SET vector = ? WHERE memory = ? AND passage = ?",
                arguments: [try cipher.seal(vector, for: owner), row[0] as Int64, row[1] as Int64]
            )
        }
        try db.execute(sql: "DROP TABLE memory_words")
        try db.execute(sql: StorageSchema.words)
        try db.execute(
            sql: "INSERT INTO setting (name, value) VALUES (?, ?)",
            arguments: [setting, try cipher.seal(proof, for: setting)]
        )
        return true
    }
}
