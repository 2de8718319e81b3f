/// A text in a YAML document and how it is written.
struct YAMLScalar: Sendable, Hashable {
    /// How a text is written.
    enum Style: Sendable, Hashable {
        case plain
        case quoted
        /// Over several lines, after `|` or `>`.
        case block
    }

    /// The text without its quotes, indentation and escapes.
    var text: String
    var style: Style
    /// True when it is a text whatever it reads like: quoted, a block, or tagged `!!str`.
    var isText: Bool
}
