/// The best of many offers, each owner once.
struct BestFirst {
    private let limit: Int
    private var best: [Int64: Float] = [:]
    /// An offer has to be better than this to be kept.
    private(set) var threshold = -Float.infinity

    init(limit: Int) { self.limit = limit }

    /// Takes an offer in; of an owner only its best one counts.
    mutating func offer(_ owner: Int64, _ value: Float) {
        guard value > threshold else { return }
        if let known = best[owner] {
            if value > known { best[owner] = value }
        } else {
            best[owner] = value
        }
        // Cleaning up only now and then keeps an offer cheap.
        if best.count >= max(64, limit * 2) { shrink() }
    }

    /// Best first; equal ones by owner, so that the order is the same each time.
    func sorted() -> [(owner: Int64, similarity: Float)] {
        best.map { (owner: $0.key, similarity: $0.value) }
            .sorted { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.owner < $1.owner }
            .prefix(limit).map { $0 }
    }

    private mutating func shrink() {
        let kept = sorted()
        best = Dictionary(uniqueKeysWithValues: kept.map { ($0.owner, $0.similarity) })
        if kept.count == limit, let last = kept.last { threshold = last.similarity }
    }
}
