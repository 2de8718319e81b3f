import Testing

/// One law of the tree, and two samples that show that it bites.
struct Rule: Sendable, CustomTestStringConvertible {
    /// What holds, as a sentence without a full stop.
    let name: String
    /// A file that breaks it.
    let bad: SourceFile
    /// A file that looks similar and keeps it.
    let good: SourceFile
    /// What breaks the law in a file: the line, and why.
    let violations: @Sendable (SourceFile) -> [(line: Int, reason: String)]

    var testDescription: String { name }

    /// Every law, in the order in which a reader would ask.
    static let all: [Rule] = [
        .fileLength, .dependencyDirection, .foundation, .access, .boundary, .optionals, .suffixes,
        .threadTags,
        .extensionIdentifiers, .openEnds,
    ]
}
