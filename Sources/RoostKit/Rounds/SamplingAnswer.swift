/// What the client's model said.
public struct SamplingAnswer: Sendable, Hashable {
    /// The blocks as MCP shapes them; one, unless tools were offered.
    public let content: [JSONValue]
    /// The model that answered.
    public let model: String
    /// Why it stopped, for example endTurn or maxTokens.
    ///
    /// Nil: the client does not say.
    public let stopReason: String?

    /// The texts of the answer, joined.
    public var text: String {
        content.compactMap { $0["type"]?.string == "text" ? $0["text"]?.string : nil }.joined()
    }

    /// Reads a CreateMessageResult; nil when it is none.
    init?(_ json: JSONValue) {
        guard let content = json["content"], content.object != nil || content.array != nil else { return nil }
        self.content = content.array ?? [content]
        model = json["model"]?.string ?? ""
        stopReason = json["stopReason"]?.string
    }
}
