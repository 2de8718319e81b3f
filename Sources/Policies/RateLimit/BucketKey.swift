/// Whose bucket: the rule, and what it counts apart.
struct BucketKey: Sendable, Hashable {
    /// The rule's place in the list.
    var rule: Int
    /// Nil where the rule does not count it apart, and for callers nobody has authenticated.
    var principal: String?
    var plugin: String?
    var tool: String?
}
