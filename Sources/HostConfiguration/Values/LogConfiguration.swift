/// What is logged, and how.
package struct LogConfiguration: Sendable, Hashable {
    /// The severity from which on entries are written.
    package enum Level: String, Sendable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    /// The form of an entry.
    package enum Format: String, Sendable, CaseIterable {
        /// One readable line.
        case text
        /// One JSON object on one line.
        case json
    }

    /// The least severe level that is written.
    ///
    /// Default: info.
    package var level = Level.info
    /// The form of an entry.
    ///
    /// Default: text.
    package var format = Format.text
}
