import RoostJSON

/// The words of violations.
enum SchemaMessage {
    /// A few names for a sentence, quoted where they need it.
    static func list(_ names: some Collection<String>) -> String {
        let shown = names.prefix(12).joined(separator: ", ")
        return names.count > 12 ? "\(shown), … (\(names.count) in all)" : shown
    }

    /// What was found, with its type for containers.
    static func found(_ view: JSONView) -> String { "found \(view.excerpt)" }

    static func items(_ count: Int) -> String { count == 1 ? "item" : "items" }

    static func properties(_ count: Int) -> String { plural(count, "property", "properties") }

    /// About a member `additionalProperties: false` refuses.
    static func unknown(_ rules: MemberRules) -> String {
        if rules.named.isEmpty { return "is not a known property" }
        return "is not a known property; known: \(list(rules.named.map(\.key)))"
    }

    static func characters(_ count: Int) -> String { plural(count, "character", "characters") }

    static func plural(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }
}
