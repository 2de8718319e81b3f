/// Joins rankings by reciprocal ranks: what stands high in several lists comes first, whatever their scores mean.
enum RankFusion {
    /// How little the difference between the first places counts.
    ///
    /// Cormack, Clarke and Büttcher (2009) took 60; on the collections at hand 30 finds somewhat more.
    static let constant = 30.0

    /// One place in a joined ranking.
    struct Place: Sendable, Equatable {
        var id: Int64
        var score: Double
    }

    /// The sum of weight / (constant + rank) over the lists, best first; equal ones by id.
    static func join(_ lists: [(ids: [Int64], weight: Double)]) -> [Place] {
        var scores: [Int64: Double] = [:]
        for list in lists {
            for (index, id) in list.ids.enumerated() {
                scores[id, default: 0] += list.weight / (constant + Double(index + 1))
            }
        }
        return scores.map { Place(id: $0.key, score: $0.value) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    }
}
