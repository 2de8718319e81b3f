import GRDB

extension IndexStore {
    /// The passages of an edition that have some of the words, best first.
    ///
    /// A word in a heading counts more than one in the text, and that more than a part of a name.
    func ranked(_ words: SearchWords, in edition: Int64, limit: Int) throws(IndexFailure) -> [Int64] {
        guard let match = words.match else { return [] }
        return try read { db in
            try Int64.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT rowid FROM passage_words WHERE passage_words MATCH ?
                        ORDER BY bm25(passage_words, 4.0, 2.0, 1.0, 0.5, 0.0), rowid LIMIT ?
                        """
                ),
                arguments: ["scope : \(Self.scope(edition)) AND (\(match))", limit]
            )
        }
    }

    /// The passages with these numbers, those that still exist.
    func passages(_ numbers: [Int64]) throws(IndexFailure) -> [Int64: FoundPassage] {
        guard !numbers.isEmpty else { return [:] }
        let list = "[\(numbers.map(String.init).joined(separator: ","))]"
        return try passages("WHERE p.id IN (SELECT value FROM json_each(?))", [list])
    }

    /// The passages an edition begins with: its README and what stands at the top first.
    func opening(of edition: Int64, limit: Int) throws(IndexFailure) -> [FoundPassage] {
        let found = try passages(
            """
            WHERE p.id IN (SELECT p.id FROM passage p JOIN file f ON f.id = p.file WHERE p.edition = ?
            ORDER BY p.is_guide DESC, f.path LIKE 'readme%' DESC, f.path LIKE '%/%', f.path, p.place LIMIT ?)
            """,
            [edition, limit]
        )
        return found.values.sorted { left, right in
            func rank(_ passage: FoundPassage) -> (Int, Int, String, Int64) {
                (
                    passage.path.lowercased().hasPrefix("readme") ? 0 : 1, passage.path.contains("/") ? 1 : 0,
                    passage.path, passage.number
                )
            }
            return rank(left) < rank(right)
        }
    }

    /// Titles of pages, guides first.
    func titles(of edition: Int64, limit: Int) throws(IndexFailure) -> [String] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT f.title FROM file f JOIN passage p ON p.file = f.id AND p.place = 0
                    WHERE f.edition = ? ORDER BY p.is_guide DESC, f.path LIMIT ?
                    """,
                arguments: [edition, limit]
            )
        }
    }

    private func passages(
        _ condition: String,
        _ arguments: StatementArguments
    ) throws(IndexFailure) -> [Int64: FoundPassage] {
        try read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT p.id, p.file, f.path, p.trail, p.title, p.body, p.line, p.is_guide
                        FROM passage p JOIN file f ON f.id = p.file \(condition)
                        """
                ),
                arguments: arguments
            )
            return Dictionary(
                rows.map { row in
                    let passage = FoundPassage(
                        number: row[0],
                        file: row[1],
                        path: row[2],
                        trail: row[3],
                        title: row[4],
                        body: row[5],
                        line: row[6],
                        isGuide: row[7]
                    )
                    return (passage.number, passage)
                },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }
}
