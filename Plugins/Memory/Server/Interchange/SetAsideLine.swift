/// A line of a memory file that could not be taken in whole, kept word for word for the operator.
package struct SetAsideLine: Sendable, Hashable {
    /// Counts from 1, blank lines included.
    package var number: Int
    /// What was expected and what was found.
    package var reason: String
    /// True when the graph took in what it could of the line, false when it took nothing.
    package var wasImported: Bool
    /// The line as it stood, without its newline.
    package var bytes: [UInt8]

    package init(number: Int, reason: String, wasImported: Bool, bytes: [UInt8]) {
        self.number = number
        self.reason = reason
        self.wasImported = wasImported
        self.bytes = bytes
    }
}
