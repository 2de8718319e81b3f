/// Some passages of one library as an answer.
struct SnippetPage: Sendable {
    /// Snippets of an answer at most.
    static let size = 10

    let passages: [FoundPassage]
    let edition: IndexedEdition
    /// True for the first part, which says the project's rules.
    let isFirst: Bool
    let isSingleFile: Bool

    /// As many snippets as there is room for.
    func text(_ budget: TokenBudget) -> String {
        var budget = budget
        var parts: [String] = []
        if isFirst, !edition.rules.isEmpty {
            parts.append(SnippetText.rules(edition.rules, of: edition.title))
        }
        for passage in passages {
            let snippet = SnippetText.text(passage, source: source(of: passage))
            guard budget.takes(snippet, isFirst: passage.number == passages.first?.number) else { continue }
            parts.append(snippet)
        }
        return parts.joined(separator: SnippetText.rule)
    }

    /// The page on the web where there is one, else the path within the library: a model need not know this machine's folders.
    private func source(of passage: FoundPassage) -> String {
        let line = passage.line > 1 ? "#L\(passage.line)" : ""
        guard !edition.origin.isEmpty else { return "\(edition.library)/\(passage.path)\(line)" }
        guard !isSingleFile else { return edition.origin }
        let base = edition.origin.hasSuffix("/") ? String(edition.origin.dropLast()) : edition.origin
        return "\(base)/\(passage.path)\(edition.origin.contains("/blob/") ? line : "")"
    }
}
