/// A passage that answers a question, as the index has it.
struct FoundPassage: Sendable, Hashable {
    var number: Int64
    var file: Int64
    /// Of the file, relative to its library.
    var path: String
    /// The page's title and the headings below it, joined by " > ".
    var trail: String
    var title: String
    /// Markdown.
    var body: String
    /// From 1; 0: unknown.
    var line: Int
    var isGuide: Bool
}
