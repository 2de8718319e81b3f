/// Why bytes are no frame of this protocol.
///
/// There is no way to go on after it: the cell is ended.
package struct FrameError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was expected and what was found.
    package let description: String

    init(_ description: String) { self.description = description }
}
