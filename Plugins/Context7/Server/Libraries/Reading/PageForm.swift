/// How a file is written, by its name.
enum PageForm: Sendable, Equatable {
    case markdown, reStructuredText, html, plainText
    /// JSON or YAML that may be an OpenAPI description.
    case description(isYAML: Bool)
    case source(SourceLanguage)

    /// Nil for a file that is no documentation.
    init?(path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let parts = name.split(separator: ".")
        guard parts.count > 1, let suffix = parts.last?.lowercased() else {
            guard ["readme", "install", "usage", "faq", "tutorial"].contains(name.lowercased()) else {
                return nil
            }
            self = .plainText
            return
        }
        switch suffix {
        case "md", "markdown", "mdx", "qmd": self = .markdown
        case "rst": self = .reStructuredText
        case "html", "htm", "xhtml": self = .html
        case "txt", "text": self = .plainText
        case "json": self = .description(isYAML: false)
        case "yaml", "yml": self = .description(isYAML: true)
        default:
            guard let language = SourceLanguage(suffix: suffix) else { return nil }
            self = .source(language)
        }
    }

    /// True for pages that were written to be read, not for comments beside code.
    var isGuide: Bool { if case .source = self { false } else { true } }
}
