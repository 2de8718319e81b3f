/// What a caller wants to know of a library.
struct DocumentationQuestion: Sendable, Equatable {
    /// Empty: what the library begins with.
    var query: String
    /// How long the answer may be; nil: as usual.
    var tokens: Int64?
    /// Which part of the answers, from 1.
    var page = 1
}
