/// A question in people's words as an FTS5 query: any of its words, each quoted, so that no sign means anything to FTS5.
struct LexicalQuery: Sendable, Equatable {
    /// What stands right of MATCH; nil when the question has no words.
    let match: String?

    /// Words that are looked for at most; a longer question is cut.
    static let longest = 64

    init(_ text: String) {
        var words: [String] = []
        var seen: Set<String> = []
        var word = ""
        func flush() {
            defer { word = "" }
            guard !word.isEmpty, words.count < Self.longest * 4 else { return }
            let folded = word.lowercased()
            if seen.insert(folded).inserted { words.append(folded) }
        }
        for scalar in text.unicodeScalars {
            if Self.isPartOfWord(scalar) { word.unicodeScalars.append(scalar) } else { flush() }
        }
        flush()
        let meaningful = words.filter { !Self.functionWords.contains($0) }
        // A question of nothing but function words asks for just those.
        let kept = (meaningful.isEmpty ? words : meaningful).prefix(Self.longest)
        match = kept.isEmpty ? nil : kept.map { "\"\($0)\"" }.joined(separator: " OR ")
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark, .privateUse:
            true
        default: false
        }
    }

    /// Words that stand in nearly every English text and say nothing about its subject.
    private static let functionWords: Set<String> = [
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
        "does",
        "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it",
        "its",
        "may", "me", "my", "no", "not", "of", "on", "or", "our", "she", "should", "so", "some", "such",
        "than", "that",
        "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "us", "was", "we",
        "were",
        "what", "when", "where", "which", "while", "who", "whose", "why", "will", "with", "would", "you",
        "your",
    ]
}
