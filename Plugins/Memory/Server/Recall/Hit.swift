/// A memory that was found, and why.
struct Hit: Sendable {
    /// Where a list had it, counted from 1.
    struct Evidence: Sendable {
        var vectorRank: Int?
        /// The product of the unit vectors: 1 for the same meaning, about 0 for nothing in common.
        var similarity: Float?
        var lexicalRank: Int?
    }

    var memory: Memory
    /// What the hits are ordered by: in hybrid mode the joined reciprocal ranks, otherwise the mode's own.
    var score: Double
    var evidence: Evidence
}
