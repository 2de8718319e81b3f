/// A piece of a page, in the order of its text.
///
/// Every format becomes these.
struct Block: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// A heading; 1 is the page's own.
        case heading(level: Int)
        /// Text for people, as Markdown.
        case prose
        /// An example, with the name of its language; empty: unknown.
        case code(language: String)
    }

    var kind: Kind
    var text: String
    /// Where it begins in the file, from 1; 0: unknown.
    var line: Int
    /// False when its lines are not those of the file: what is cut off it counts as beginning where it does.
    var isVerbatim = true

    init(_ kind: Kind, _ text: String, line: Int = 0) {
        self.kind = kind
        self.text = text
        self.line = line
    }

    var isHeading: Bool { if case .heading = kind { true } else { false } }
    var isCode: Bool { if case .code = kind { true } else { false } }
}
