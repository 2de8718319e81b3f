/// A directed connection between two names, in active voice: from, relation type, to.
///
/// The triple identifies the relation. Its ends need not be entities of the graph.
package struct Relation: Sendable, Hashable {
    /// The name where the relation starts.
    package var from: String
    /// The name it points to.
    package var to: String
    /// What connects the two.
    package var relationType: String

    package init(from: String, to: String, relationType: String) {
        self.from = from
        self.to = to
        self.relationType = relationType
    }
}
