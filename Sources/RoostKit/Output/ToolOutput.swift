/// A type that a tool can answer with.
///
/// Text, content blocks and ``ToolResult`` do. A structure needs only to say so, and its JSON Schema is
/// worked out from how it decodes: `struct Report: Codable, ToolOutput { var city: String; var highs: [Int]
/// }`.
public protocol ToolOutput: Sendable {
    /// The JSON Schema of the structured answer. Nil: the answer has no structure.
    ///
    /// - Throws: ``SchemaError`` when it cannot be worked out.
    static func outputSchema() throws -> JSONObject?

    /// The answer as MCP shapes it.
    func toolResult() throws -> ToolResult
}

extension ToolOutput where Self: Codable {
    /// The schema of what the type encodes to.
    public static func outputSchema() throws -> JSONObject? { try SchemaProbe.schema(of: Self.self) }

    /// The value as structured content, and as JSON text for clients that read text only.
    public func toolResult() throws -> ToolResult {
        ToolResult(structuredText: try OutputCoding.encode(self))
    }
}

extension ToolResult: ToolOutput {
    /// No structure is promised.
    public static func outputSchema() throws -> JSONObject? { nil }

    /// The result itself.
    public func toolResult() -> ToolResult { self }
}

extension String: ToolOutput {
    /// Text has no structure.
    public static func outputSchema() throws -> JSONObject? { nil }

    /// One block of text.
    public func toolResult() -> ToolResult { ToolResult([.text(self)]) }
}

extension Content: ToolOutput {
    /// A block has no structure.
    public static func outputSchema() throws -> JSONObject? { nil }

    /// The block alone.
    public func toolResult() -> ToolResult { ToolResult([self]) }
}

extension Array: ToolOutput where Element == Content {
    /// Blocks have no structure.
    public static func outputSchema() throws -> JSONObject? { nil }

    /// The blocks in order.
    public func toolResult() -> ToolResult { ToolResult(self) }
}
