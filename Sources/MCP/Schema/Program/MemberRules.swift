import RoostJSON

/// What `properties`, `patternProperties` and `additionalProperties` of one schema say together.
struct MemberRules: Sendable {
    private(set) var named: [(key: String, node: Int)]
    let patterns: [(pattern: ECMAPattern, node: Int)]
    let additional: Int?
    /// Only for many properties; a few are found quicker by comparing.
    private let table: [ExactString: Int]?

    init(named: [(key: String, node: Int)], patterns: [(pattern: ECMAPattern, node: Int)], additional: Int?) {
        self.named = named
        self.patterns = patterns
        self.additional = additional
        table =
            named.count > 8
            ? Dictionary(
                named.map { (ExactString(text: $0.key), $0.node) },
                uniquingKeysWith: { _, last in last }
            ) : nil
    }

    /// The subschema `properties` has for a key, or nil when it has none.
    func node(for key: JSONView) -> Int? {
        if let table { return table[ExactString(text: key.string ?? "")] }
        for entry in named where key.equals(entry.key) { return entry.node }
        return nil
    }
}

/// A string compared by its scalars, as JSON does, not by canonical equivalence, as Swift does.
struct ExactString: Hashable {
    let text: String

    static func == (left: ExactString, right: ExactString) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
