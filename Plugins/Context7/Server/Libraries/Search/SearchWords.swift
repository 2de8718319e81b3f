/// A question in people's words as an FTS5 query: any of its words, pairs of neighbours, and the parts of names in it.
///
/// Each is quoted, so that no sign means anything to FTS5.
struct SearchWords: Sendable, Equatable {
    /// What stands right of MATCH, without the edition; nil when the question has no words.
    let match: String?
    /// The words that say what is asked for, in order and in lower case.
    let words: [String]

    /// True when the question names something of a program, such as DatabaseQueue, read_file or append().
    let namesCode: Bool

    /// Words that are looked for at most; a longer question is cut.
    static let longest = 48

    init(_ text: String) {
        var words: [String] = []
        var parts: [String] = []
        for name in text.unicodeScalars.split(whereSeparator: { !Self.isPartOfWord($0) }) {
            let word = String(String.UnicodeScalarView(name))
            words.append(word.lowercased())
            parts += IdentifierWords.split(Array(word.utf8))
        }
        namesCode = !parts.isEmpty || text.contains("_") || text.contains("`") || text.contains("()")
        let meaningful = words.filter { !Self.functionWords.contains($0) }
        // A question of nothing but function words asks for just those.
        let kept = Array((meaningful.isEmpty ? words : meaningful).prefix(Self.longest))
        self.words = kept
        var terms: [String] = []
        var seen: Set<String> = []
        func add(_ term: String) { if seen.insert(term).inserted { terms.append("\"\(term)\"") } }
        for word in kept + parts { add(word) }
        // Words that stand side by side in both mean more than the same words apart.
        for (one, next) in zip(kept, kept.dropFirst()) { add("\(one) \(next)") }
        match = terms.isEmpty ? nil : terms.joined(separator: " OR ")
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

    /// Words that stand in nearly every question and say nothing about its subject.
    private static let functionWords: Set<String> = [
        "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did",
        "do",
        "does", "for", "from", "get", "had", "has", "have", "help", "how", "i", "if", "in", "into", "is",
        "it", "its",
        "make", "may", "me", "my", "need", "no", "not", "of", "on", "or", "our", "please", "should", "show",
        "so",
        "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
        "those",
        "to", "us", "use", "using", "want", "was", "way", "we", "were", "what", "when", "where", "which",
        "while",
        "who", "whose", "why", "will", "with", "would", "you", "your",
    ]
}
