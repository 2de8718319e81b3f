import GRDB

/// The one question about words, for the table in the file and for the one in memory.
enum WordRanking {
    /// The numbers of the memories that match, the best by BM25 first.
    static func fetch(
        _ db: Database,
        _ query: LexicalQuery,
        in namespaces: [Namespace],
        limit: Int
    ) throws -> [Int64] {
        guard let match = query.match, !namespaces.isEmpty else { return [] }
        let places = namespaces.map { _ in "?" }.joined(separator: ",")
        return try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT rowid FROM memory_words WHERE memory_words MATCH ? AND namespace IN (\(places))
                    ORDER BY bm25(memory_words, 1.0, 0.5, 0.0), rowid LIMIT ?
                    """
            ),
            arguments: StatementArguments([match] + namespaces.map(\.rawValue)) + [limit]
        )
    }
}
