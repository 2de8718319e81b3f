/// Why a pattern cannot be used.
struct ECMAPatternError: Error, Sendable, Hashable {
    /// What is wrong, as the rest of a sentence.
    let reason: String
}
