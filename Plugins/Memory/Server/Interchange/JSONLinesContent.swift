/// A memory file, read: its records in order, and the lines that need an operator's eye.
package struct JSONLinesContent: Sendable, Hashable {
    /// A record and where it stood.
    package struct Line: Sendable, Hashable {
        /// Counts from 1, blank lines included.
        package var number: Int
        /// What the line says.
        package var record: JSONLinesRecord
        /// The line as it stood, without its newline.
        package var bytes: [UInt8]
    }

    /// The lines that say something, in the order of the file.
    package var lines: [Line] = []
    /// The lines that were refused or did not fit whole, in the order of the file.
    package var setAside: [SetAsideLine] = []

    package init() {}
}
