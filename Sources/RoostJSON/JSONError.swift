/// Why a text is not the JSON that was expected, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// Distance from the first byte of the text to the first byte that does not fit.
    public let offset: Int
    /// What was expected and what was found, as the rest of a sentence.
    public let reason: String

    /// Creates an error for the byte at `offset`.
    public init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }
}

extension JSONError: CustomStringConvertible {
    /// The whole sentence, with the place.
    public var description: String { "at byte \(offset): \(reason)" }
}
