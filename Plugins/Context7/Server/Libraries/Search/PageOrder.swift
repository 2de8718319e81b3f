/// What speaks for a passage beside its own rank: that it is from a guide, what its page is about, and that the answer is not
/// yet full of that page.
enum PageOrder {
    /// Comments beside code say exactly what one declaration does; a question in people's words wants the guide, unless it names
    /// that declaration.
    private static let ofSource = 0.65
    /// What a page about the project's own course is worth.
    private static let ofProject = 0.7
    /// What a further passage of a page that stands in the answer already is worth.
    private static let repetition = 0.5

    /// Orders passages, best first; equal ones as they came.
    static func order(_ found: [(passage: FoundPassage, score: Double)], words: SearchWords) -> [FoundPassage]
    {
        let asked = Set(words.words.map(stem))
        var rest = found.map { passage, score -> (passage: FoundPassage, score: Double) in
            var score = score * (passage.isGuide || words.namesCode ? 1 : ofSource)
            if isAboutTheProject(passage.path) { score *= ofProject }
            // A page or a section that is called what was asked for.
            score *= 1 + 0.6 * share(of: asked, in: passage.trail) + 0.2 * share(of: asked, in: passage.path)
            return (passage, score)
        }
        var pages: [Int64: Int] = [:]
        var ordered: [FoundPassage] = []
        // Taken one by one, because each that is taken makes its neighbours on the page worth less.
        while !rest.isEmpty {
            var best = 0
            var highest = -1.0
            for (index, item) in rest.enumerated() {
                var score = item.score
                for _ in 0..<min(pages[item.passage.file] ?? 0, 6) { score *= repetition }
                if score > highest {
                    highest = score
                    best = index
                }
            }
            let passage = rest.remove(at: best).passage
            pages[passage.file, default: 0] += 1
            ordered.append(passage)
        }
        return ordered
    }

    /// How many of the asked words stand in a text, from 0 to 1.
    private static func share(of asked: Set<String>, in text: String) -> Double {
        guard !asked.isEmpty else { return 0 }
        let parts = text.split { !($0.isLetter || $0.isNumber) }
        let words = Set(
            parts.flatMap { [stem($0.lowercased())] + IdentifierWords.split(Array($0.utf8)).map(stem) }
        )
        return Double(asked.intersection(words).count) / Double(asked.count)
    }

    /// Endings that do not change what a word is about.
    private static func stem(_ word: String) -> String {
        for ending in ["ing", "ies", "es", "ed", "s"]
        where word.hasSuffix(ending) && word.count > ending.count + 3 {
            return String(word.dropLast(ending.count))
        }
        return word
    }
}
