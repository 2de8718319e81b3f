/// Why a tool could not do what it was asked, in words the model reads and can act on.
///
/// From a prompt, a resource or a completion the message becomes a protocol error instead.
public struct ToolError: Error, Sendable, CustomStringConvertible {
    /// What the model reads.
    public let content: [Content]

    /// Explains in one text: what was expected, what was found, what to do.
    public init(_ message: String) { content = [.text(message)] }

    /// Explains in blocks.
    public init(content: [Content]) { self.content = content }

    /// The texts of the blocks.
    public var description: String {
        content.compactMap { if case .text(let text) = $0.kind { text } else { nil } }.joined(separator: "\n")
    }
}
