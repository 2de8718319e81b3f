/// What an index has to do to stand where the database stands.
struct IndexChanges: Sendable {
    /// A memory as an index knows it.
    struct Entry: Sendable {
        var id: Int64
        var namespace: Namespace
        /// The vectors of the whole and of its passages; empty when it has none of the model.
        var vectors: [[Float]]
    }

    /// The number of the last change that is in here.
    var number: Int64
    /// True when the index begins anew: everything is in ``entries``.
    var isWhole: Bool
    /// Memories that are gone or are in ``entries`` with what they have become.
    var changed: [Int64]
    var entries: [Entry]
    /// Vectors that could not be read.
    var damaged = 0
}
