/// A regular expression of ECMA-262, matched anywhere in a string by its Unicode scalars.
///
/// Most expressions run as an automaton, in a time that grows with the text only. One with looks, back references or scripts
/// runs on Swift's Regex, which backtracks. Safe to use from any thread.
final class ECMAPattern: Sendable {
    /// The pattern as it was written.
    let source: String
    private let automaton: ScalarAutomaton?
    private let fallback: BacktrackingPattern?
    /// Longer texts are not given to the engine that backtracks.
    static let maximumBacktrackedCount = 2_000

    /// Reads a pattern.
    ///
    /// - Throws: ``ECMAPatternError`` for what is not ECMA-262 or what neither engine has.
    init(_ source: String) throws(ECMAPatternError) {
        self.source = source
        var parser = ECMAParser(source)
        let node = try parser.parse()
        if let automaton = ScalarAutomaton(node) {
            self.automaton = automaton
            fallback = nil
            return
        }
        automaton = nil
        fallback = try BacktrackingPattern(node)
    }

    /// True when some part of the text matches; nil when the answer would take more than `budget` steps, which it lowers.
    func matches(_ text: String, budget: inout Int) -> Bool? {
        if let automaton { return automaton.matches(text, budget: &budget) }
        guard let fallback else { return false }
        let count = text.unicodeScalars.count
        guard count <= Self.maximumBacktrackedCount else { return nil }
        budget -= count
        return fallback.matches(text)
    }
}
