/// A file that was read: what it is called, and its passages in order.
struct Page: Sendable, Equatable {
    var title: String
    var passages: [Passage]
}

/// What a search finds and an answer shows: a section or a part of one.
struct Passage: Sendable, Equatable {
    /// The headings it stands under, the page's title first.
    var trail: [String]
    /// Markdown: prose, and code between fences.
    var body: String
    /// Where it begins in the file, from 1; 0: unknown.
    var line: Int
    var hasCode: Bool

    /// The heading right above it.
    var title: String { trail.last ?? "" }
}
