/// Joins rankings by reciprocal ranks: what stands high in several lists comes first, whatever their scores mean.
package enum RankFusion {
    /// How little the difference between the first places counts.
    ///
    /// Cormack, Clarke and Büttcher (2009) took 60; on the collections at hand 30 finds somewhat more.
    package static let constant = 30.0

    /// One place in a joined ranking.
    package struct Place: Sendable, Equatable {
        package var id: Int64
        package var score: Double

        package init(id: Int64, score: Double) {
            self.id = id
            self.score = score
        }
    }

    /// The sum of weight / (constant + rank) over the lists, best first; equal ones by id.
    package static func join(_ lists: [(ids: [Int64], weight: Double)]) -> [Place] {
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
