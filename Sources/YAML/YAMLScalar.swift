/// A text in a YAML document and how it is written.
package struct YAMLScalar: Sendable, Hashable {
    /// How a text is written.
    package enum Style: Sendable, Hashable {
        case plain
        case quoted
        /// Over several lines, after `|` or `>`.
        case block
    }

    /// The text without its quotes, indentation and escapes.
    package var text: String
    package var style: Style
    /// True when it is a text whatever it reads like: quoted, a block, or tagged `!!str`.
    package var isText: Bool
}
