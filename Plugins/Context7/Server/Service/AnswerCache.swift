import FoundationEssentials
import GRDB

/// What the service said before, so that it is not asked again for a while, and something can be said while it is away.
struct AnswerCache: Sendable {
    let store: IndexStore

    /// Answers that are kept; the oldest make room.
    static let most = 5000

    struct Answer: Sendable, Equatable {
        var body: [UInt8]
        /// Seconds since 1970.
        var fetchedAt: Int64
    }

    /// The same question in another case or with other blanks is the same.
    static func key(_ kind: String, _ parts: String...) -> String {
        let words = parts.map { $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        return ([kind] + words).joined(separator: "\n")
    }

    /// The answer under a key, however old it is; nil when there is none.
    func answer(_ key: String) throws(IndexFailure) -> Answer? {
        try store.read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT body, fetched_at FROM answer WHERE key = ?"),
                arguments: [key]
            ).map { row in
                let body: Data = row[0]
                return Answer(body: Array(body), fetchedAt: row[1])
            }
        }
    }

    /// Keeps an answer.
    func keep(_ body: [UInt8], under key: String, at time: Int64) throws(IndexFailure) {
        try store.write { db in
            try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO answer (key, body, fetched_at) VALUES (?, ?, ?)"
            ).execute(arguments: [key, Data(body), time])
            let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM answer") ?? 0
            guard count > Self.most else { return }
            try db.execute(
                sql: "DELETE FROM answer WHERE key IN (SELECT key FROM answer ORDER BY fetched_at LIMIT ?)",
                arguments: [count - Self.most + Self.most / 10]
            )
        }
    }
}
