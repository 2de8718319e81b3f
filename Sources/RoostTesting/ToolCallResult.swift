public import RoostKit

/// What a tool answered.
public struct ToolCallResult: Sendable, Equatable {
    /// The result as MCP shapes it.
    public let json: JSONValue

    /// The blocks as MCP shapes them.
    public var content: [JSONValue] { json["content"]?.array ?? [] }

    /// The texts of the blocks, joined by line breaks.
    public var text: String {
        content.compactMap { $0["type"]?.string == "text" ? $0["text"]?.string : nil }.joined(separator: "\n")
    }

    /// The structured answer.
    ///
    /// Nil: there is none.
    public var structured: JSONValue? { json["structuredContent"] }

    /// True when the tool could not do what was asked.
    public var isError: Bool { json["isError"]?.bool ?? false }
}
