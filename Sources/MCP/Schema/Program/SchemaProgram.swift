/// A compiled schema: its subschemas by number.
final class SchemaProgram: Sendable {
    let nodes: [SchemaNode]
    /// The subschema a value is validated against.
    let entry: Int
    /// The schema resources' dynamic anchors: name to node, by resource number.
    ///
    /// Empty without `$dynamicRef`.
    let dynamicAnchors: [[String: Int]]
    /// True when an `unevaluated…` keyword makes it necessary to remember what was evaluated.
    let tracksEvaluation: Bool

    init(nodes: [SchemaNode], entry: Int, dynamicAnchors: [[String: Int]], tracksEvaluation: Bool) {
        self.nodes = nodes
        self.entry = entry
        self.dynamicAnchors = dynamicAnchors
        self.tracksEvaluation = tracksEvaluation
    }
}

/// One subschema.
final class SchemaNode: Sendable {
    /// In the order of evaluation; `unevaluated…` comes last.
    let rules: [SchemaRule]
    /// JSON pointer of the subschema in its document.
    let location: String
    /// Number of the schema resource (the part under one `$id`) it belongs to.
    let resource: Int

    init(rules: [SchemaRule], location: String, resource: Int) {
        self.rules = rules
        self.location = location
        self.resource = resource
    }
}
