import Embedding
import RoostKit

/// Finds memories: by meaning, by words, and by both.
///
/// ```
/// question ─┬─ embedder ─> VectorIndex ──> nearest passages ──┐
///           └─ LexicalQuery ─> FTS5 ─────> best words ────────┴─> filter ─> RankFusion ─> the first k
/// ```
///
/// Both lists are read deeper until enough of them passes the filter.
struct Recall: Sendable {
    let store: MemoryStore
    /// Nil while there is no model: then only words count.
    let vectors: (embedder: any TextEmbedder, index: VectorIndex)?
    /// Nil when the words lie in the database.
    let sealedWords: SealedWords?

    /// What is asked.
    struct Question: Sendable {
        var text: String
        var namespaces: [Namespace]
        var limit: Int
        var filter: MetadataFilter?
        var mode: RecallMode
    }

    /// The mode that is really used: without a model, words alone.
    func mode(for wanted: RecallMode) -> RecallMode { vectors == nil ? .lexical : wanted }

    /// The best memories, best first.
    func find(_ question: Question) async throws -> [Hit] {
        let mode = mode(for: question.mode)
        let nearest = mode == .lexical ? nil : try await neighbours(of: question)
        let words = mode == .vector ? nil : LexicalQuery(question.text)
        var depth = max(100, question.limit * 10)
        while true {
            try Task.checkCancellation()
            let byMeaning = try nearest?.first(depth) ?? []
            let byWords = try words.map { try ranked($0, question.namespaces, limit: depth) } ?? []
            let ids = Set(byMeaning.map(\.owner)).union(byWords)
            var found = try store.memories(Array(ids))
            if let filter = question.filter { found = found.filter { filter.holds(for: $0.value.metadata) } }
            let isExhausted = byMeaning.count < depth && byWords.count < depth
            if isExhausted || question.filter == nil || found.count >= question.limit * 4 {
                return Self.hits(found, byMeaning, byWords, mode: mode, limit: question.limit)
            }
            depth *= 8
        }
    }

    private struct Neighbours {
        let index: VectorIndex
        let store: MemoryStore
        let namespaces: [Namespace]
        let query: [Float]

        func first(_ limit: Int) throws(StorageError) -> [(owner: Int64, similarity: Float)] {
            try index.nearest(to: query, in: namespaces, limit: limit, following: store)
        }
    }

    private func neighbours(of question: Question) async throws -> Neighbours? {
        guard let vectors else { return nil }
        let query: [Float]
        do throws(EmbeddingFailure) {
            query = try await vectors.embedder.embed([question.text]).first ?? []
        } catch {
            throw ToolError("The question could not be turned into a vector: \(error)")
        }
        return Neighbours(index: vectors.index, store: store, namespaces: question.namespaces, query: query)
    }

    private func ranked(
        _ query: LexicalQuery,
        _ namespaces: [Namespace],
        limit: Int
    ) throws(StorageError) -> [Int64] {
        if let sealedWords {
            return try sealedWords.ranked(query, in: namespaces, limit: limit, following: store)
        }
        return try store.ranked(query, in: namespaces, limit: limit)
    }

    private static func hits(
        _ found: [Int64: Memory],
        _ byMeaning: [(owner: Int64, similarity: Float)],
        _ byWords: [Int64],
        mode: RecallMode,
        limit: Int
    ) -> [Hit] {
        var evidence: [Int64: Hit.Evidence] = [:]
        let meaning = byMeaning.filter { found[$0.owner] != nil }
        let words = byWords.filter { found[$0] != nil }
        for (rank, item) in meaning.enumerated() {
            evidence[item.owner, default: .init()].vectorRank = rank + 1
            evidence[item.owner]?.similarity = item.similarity
        }
        for (rank, id) in words.enumerated() { evidence[id, default: .init()].lexicalRank = rank + 1 }
        let places: [RankFusion.Place] =
            switch mode {
            case .hybrid: RankFusion.join([(meaning.map(\.owner), 1), (words, 1)])
            case .vector: meaning.map { .init(id: $0.owner, score: Double($0.similarity)) }
            case .lexical: RankFusion.join([(words, 1)])
            }
        return places.prefix(limit).compactMap { place in
            guard let memory = found[place.id] else { return nil }
            return Hit(memory: memory, score: place.score, evidence: evidence[place.id] ?? .init())
        }
    }
}
