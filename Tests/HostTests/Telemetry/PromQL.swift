import RoostJSON

/// The names of metrics in queries, as far as a test needs to understand them.
enum PromQL {
    /// Every query of a dashboard, wherever it stands.
    static func expressions(in value: JSONValue) -> [String] {
        if let elements = value.array { return elements.flatMap { expressions(in: $0) } }
        guard let object = value.object else { return [] }
        return object.members.flatMap { member -> [String] in
            if member.key == "expr", let text = member.value.string { return [text] }
            if member.key == "query", let text = member.value.string, text.hasPrefix("label_values(") {
                return [String(text.dropFirst("label_values(".count).prefix { $0 != "," })]
            }
            return expressions(in: member.value)
        }
    }

    /// Every query of a file of rules: what stands behind `expr:`, on its line or on the further indented ones below.
    static func expressions(inRules text: String) -> [String] {
        var expressions: [String] = []
        var indentation: Int?
        for line in text.split(separator: "\n") {
            let depth = line.prefix { $0 == " " }.count
            let content = line.dropFirst(depth)
            if let current = indentation, depth > current {
                expressions[expressions.count - 1] += " " + content
            } else if content.hasPrefix("expr: ") {
                indentation = depth
                expressions.append(content.hasSuffix("|") ? "" : String(content.dropFirst(6)))
            } else {
                indentation = nil
            }
        }
        return expressions
    }

    /// The metrics a query reads.
    static func names(in expression: String) -> Set<String> {
        let text =
            expression
            .replacing(/\{[^}]*\}/, with: "").replacing(/"[^"]*"/, with: "").replacing(/\[[^\]]*\]/, with: "")
            .replacing(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/, with: "")
        let words = text.matches(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(\s*\()?/).filter { $0.2 == nil }
        return Set(words.map { String($0.1) }).subtracting(["and", "or", "unless", "bool", "offset"])
    }
}
