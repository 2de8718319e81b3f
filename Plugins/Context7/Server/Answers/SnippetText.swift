/// The text of query-docs for local libraries, in the form the service answers in.
enum SnippetText {
    /// What stands between two snippets.
    static let rule = "\n\n--------------------------------\n\n"

    /// A snippet: heading, source (an address, or a path within the library), and the passage as it stands in its page.
    static func text(_ passage: FoundPassage, source: String) -> String {
        "### \(heading(passage.trail))\n\nSource: \(source)\n\n\(passage.body)"
    }

    /// What a project wants its users to keep to, from its context7.json.
    static func rules(_ rules: [String], of title: String) -> String {
        "### Rules of \(title)\n\n" + rules.map { "- \($0)" }.joined(separator: "\n")
    }

    /// The page and the last headings; long ways down are shortened in the middle.
    private static func heading(_ trail: String) -> String {
        let parts = trail.split(separator: " > ").map(String.init)
        guard parts.count > 3 else { return trail }
        return ([parts[0]] + parts.suffix(2)).joined(separator: " > ")
    }
}

/// How long an answer may be, in a model's tokens as they are usually counted: four bytes each.
struct TokenBudget: Sendable {
    /// Where the caller says nothing.
    static let usual = 5000
    static let range = 500...100_000

    private var left: Int

    /// - Parameter tokens: Nil: the usual; others are brought into the range.
    init(_ tokens: Int64?) {
        let wanted = tokens.map { Int(clamping: $0) } ?? Self.usual
        left = min(max(wanted, Self.range.lowerBound), Self.range.upperBound) * 4
    }

    /// Takes a text in when there is room; the first one always has some.
    mutating func takes(_ text: String, isFirst: Bool) -> Bool {
        let size = text.utf8.count
        guard isFirst || size <= left else { return false }
        left -= size
        return true
    }

    /// The text as far as there is room, cut between lines.
    func cut(_ text: String) -> (text: String, isCut: Bool) {
        guard text.utf8.count > left else { return (text, false) }
        var kept = ""
        var size = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            size += line.utf8.count + 1
            guard size <= left else { break }
            kept += line + "\n"
        }
        return (kept.trimmed, true)
    }
}
