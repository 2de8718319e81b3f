import Embedding
import FoundationEssentials
import GRDB

extension IndexStore {
    /// Passages that have no vector of this model yet, with what it is made of.
    func passagesWithoutVectors(
        of model: String,
        limit: Int
    ) throws(IndexFailure) -> [(number: Int64, text: String)] {
        try read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT p.id, p.trail, p.body FROM passage p
                        LEFT JOIN passage_vector v ON v.passage = p.id AND v.model = ?
                        WHERE v.passage IS NULL ORDER BY p.is_guide DESC, p.id LIMIT ?
                        """
                ),
                arguments: [model, limit]
            ).map { row in
                let trail: String = row[1]
                let body: String = row[2]
                return (row[0], "\(trail)\n\(body)")
            }
        }
    }

    /// Keeps vectors; of passages that are gone meanwhile, none.
    func keep(_ vectors: [(number: Int64, vector: [Float])], of model: String) throws(IndexFailure) {
        try write { db in
            for (number, vector) in vectors {
                try db.cachedStatement(
                    sql: """
                        INSERT OR REPLACE INTO passage_vector (passage, edition, model, vector)
                        SELECT id, edition, ?, ? FROM passage WHERE id = ?
                        """
                ).execute(arguments: [model, Data(VectorBytes.encode(vector)), number])
            }
        }
    }

    /// The vectors of an edition.
    func vectors(of edition: Int64, model: String, dimensions: Int) throws(IndexFailure) -> VectorTable {
        try read { db in
            var table = VectorTable(dimensions: dimensions)
            let rows = try Row.fetchCursor(
                db,
                sql:
                    "SELECT passage, vector FROM passage_vector WHERE edition = ? AND model = ? ORDER BY passage",
                arguments: [edition, model]
            )
            while let row = try rows.next() {
                let bytes: Data = row[1]
                guard let vector = VectorBytes.decode(bytes, dimensions: dimensions) else { continue }
                _ = table.append(vector, owner: row[0])
            }
            return table
        }
    }
}
