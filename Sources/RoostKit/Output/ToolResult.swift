/// What a tool call answers: blocks for the model, perhaps a structure for programs.
///
/// A tool may return it directly to say everything itself.
public struct ToolResult: Sendable, Hashable {
    /// What the model reads.
    ///
    /// May be empty.
    public var content: [Content]
    /// True when the tool could not do what was asked; the content then says why.
    public var isError: Bool
    /// Members of the result's _meta, with reverse-DNS keys.
    public var meta: JSONObject
    /// How long clients may take the answer as it is.
    ///
    /// Zero: it is outdated already. Nil: nothing is said. Also the most that the host keeps it, where it keeps answers of the tool.
    public var timeToLive: Duration?
    /// The structured answer as one JSON value, or nil when there is none.
    var structured: [UInt8]?

    /// Makes an answer of blocks.
    public init(_ content: [Content], isError: Bool = false, meta: JSONObject = [:]) {
        self.content = content
        self.isError = isError
        self.meta = meta
    }

    /// Makes an answer with a structure.
    ///
    /// Without content, the model reads the structure as JSON text.
    public init(_ content: [Content]? = nil, structured: JSONValue) {
        self.init(content, structuredText: structured.bytes)
    }

    init(_ content: [Content]? = nil, structuredText: [UInt8]) {
        self.init(content ?? [.text(String(decoding: structuredText, as: UTF8.self))])
        structured = structuredText
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("content")
            writer.array { writer in
                for block in content { writer.value(block.json) }
            }
            if let structured { writer.member("structuredContent", raw: structured) }
            if isError { writer.member("isError", true) }
            if let timeToLive { writer.member("ttlMs", .integer(max(0, timeToLive.milliseconds))) }
            if !meta.isEmpty { writer.member("_meta", .object(meta)) }
        }
        return writer.bytes
    }
}
