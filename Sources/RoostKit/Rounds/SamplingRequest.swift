/// A conversation for the client's model, and its limits.
public struct SamplingRequest: Sendable {
    /// What was said so far; the model speaks next.
    public var messages: [PromptMessage]
    /// The longest answer, in tokens.
    public var maximumTokens: Int
    /// What the model is told about its role.
    ///
    /// Nil: whatever the client thinks best.
    public var systemPrompt: String?
    /// How freely the model chooses, from 0.
    ///
    /// Nil: whatever the client thinks best.
    public var temperature: Double?
    /// Texts at which the model stops.
    public var stopSequences: [String]
    /// Further members as MCP names them: modelPreferences, tools, toolChoice, metadata.
    public var further: JSONObject

    /// Describes what to ask.
    public init(
        _ messages: [PromptMessage],
        maximumTokens: Int,
        systemPrompt: String? = nil,
        temperature: Double? = nil,
        stopSequences: [String] = [],
        further: JSONObject = [:]
    ) {
        self.messages = messages
        self.maximumTokens = maximumTokens
        self.systemPrompt = systemPrompt
        self.temperature = temperature
        self.stopSequences = stopSequences
        self.further = further
    }

    /// Asks one thing.
    public init(_ question: String, maximumTokens: Int) {
        self.init([.user(.text(question))], maximumTokens: maximumTokens)
    }

    var json: JSONObject {
        var object: JSONObject = [
            "messages": .array(messages.map(\.json)), "maxTokens": .integer(Int64(maximumTokens)),
        ]
        object["systemPrompt"] = systemPrompt.map(JSONValue.string)
        object["temperature"] = temperature.map(JSONValue.number)
        if !stopSequences.isEmpty { object["stopSequences"] = .array(stopSequences.map(JSONValue.string)) }
        for (key, value) in further.members { object[key] = value }
        return object
    }
}
