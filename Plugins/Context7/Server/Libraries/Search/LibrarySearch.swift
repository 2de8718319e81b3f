import Embedding
import Synchronization

/// Finds the passages of an edition that answer a question: by words, and by meaning where there is a model.
///
/// ```
/// question ─┬─ SearchWords ─> FTS5, BM25 ─────────┐
///           └─ embedder ────> VectorTable ────────┴─> RankFusion ─> PageOrder ─> passages
/// ```
final class LibrarySearch: Sendable {
    private let store: IndexStore
    private let embedder: (any TextEmbedder)?
    /// The vectors of each edition, as of the last time all its passages had one.
    private let tables = Mutex<[Int64: VectorTable]>([:])

    /// How deep each list is read.
    private static let depth = 120
    /// What a place among the passages found by words is worth beside one found by meaning.
    ///
    /// Documentation names what it is about, and so does who asks; meaning is for those who do not know the name.
    private static let worthOfWords = 2.0

    init(_ store: IndexStore, embedder: (any TextEmbedder)?) {
        self.store = store
        self.embedder = embedder
    }

    /// Takes the vectors of an edition in anew.
    func reload(_ edition: Int64) throws(IndexFailure) {
        guard let embedder else { return }
        let table = try store.vectors(of: edition, model: embedder.identity, dimensions: embedder.dimensions)
        tables.withLock { $0[edition] = table }
    }

    /// Lets go of the vectors of all other editions.
    func keepOnly(_ editions: Set<Int64>) {
        tables.withLock { tables in tables = tables.filter { editions.contains($0.key) } }
    }

    /// The passages that answer best, best first.
    func find(_ question: String, in edition: Int64, limit: Int) async throws -> [FoundPassage] {
        let words = SearchWords(question)
        let byWords = try store.ranked(words, in: edition, limit: Self.depth)
        var lists: [(ids: [Int64], weight: Double)] = [(byWords, Self.worthOfWords)]
        if let embedder, let table = tables.withLock({ $0[edition] }), table.count > 0 {
            if let vector = try await embedder.embed([question]).first {
                lists.append((table.nearest(to: vector, limit: Self.depth).map(\.owner), 1))
            }
        }
        let places = RankFusion.join(lists)
        let passages = try store.passages(places.map(\.id))
        return PageOrder.order(
            places.compactMap { place in passages[place.id].map { ($0, place.score) } },
            words: words
        ).prefix(limit).map { $0 }
    }
}
