/// Why SQLite did not do what it was asked.
package struct SQLiteFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// SQLite's extended result code; -1: the store is closed.
    package var code: Int32
    /// SQLite's own words, and the statement they are about.
    package var description: String

    package init(code: Int32, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The answer to whatever comes after the end.
    package static let closed = SQLiteFailure(code: -1, "the store is closed")
}
