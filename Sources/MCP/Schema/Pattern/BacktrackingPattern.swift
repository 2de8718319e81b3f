import Synchronization

/// A pattern on Swift's Regex, for what an automaton cannot express.
///
/// A Regex is not Sendable, so one thread matches at a time. Safe to use from any thread.
final class BacktrackingPattern: Sendable {
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// Compiles an expression.
    ///
    /// - Throws: ``ECMAPatternError`` for what the engine does not have.
    init(_ node: ECMANode) throws(ECMAPatternError) {
        do {
            let compiled = try Regex(node.swiftText).matchingSemantics(.unicodeScalar).wordBoundaryKind(
                .simple
            )
            .asciiOnlyWordCharacters()
            regex = Mutex(compiled)
        } catch {
            throw ECMAPatternError(reason: "the regex engine refused it: \(error)")
        }
    }

    /// True when some part of the text matches.
    func matches(_ text: String) -> Bool {
        regex.withLock { (try? $0.firstMatch(in: text)) != nil }
    }
}
