import Synchronization

/// A regular expression of ECMA-262 (with the u flag, as JSON Schema asks), matched anywhere in a string.
///
/// Safe to use from any thread: Swift's Regex is not Sendable, so each pattern is matched by one thread at a time.
final class ECMAPattern: Sendable {
    /// The pattern as it was written.
    let source: String
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// Translates and compiles a pattern.
    ///
    /// - Throws: ``ECMAPatternError`` for what is not ECMA-262 or what Swift's engine does not have.
    init(_ source: String) throws(ECMAPatternError) {
        self.source = source
        var translation = ECMATranslation(source)
        let text = try translation.swiftPattern()
        do {
            let compiled = try Regex(text).matchingSemantics(.unicodeScalar).wordBoundaryKind(.simple)
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
