public import RoostKit

/// What a plugin asks its client in one round of a call.
public struct InputRound: Sendable, Equatable {
    /// The questions in the order the plugin gave them.
    public let questions: [InputQuestion]
    /// What the next round must hand back.
    ///
    /// Nil: the plugin keeps nothing.
    public let state: String?

    /// The question with this key.
    public subscript(key: String) -> InputQuestion? { questions.first { $0.key == key } }
}

/// One question to a client.
public struct InputQuestion: Sendable, Equatable {
    /// The name under which the answer is expected.
    public let key: String
    /// elicitation/create, sampling/createMessage or roots/list.
    public let method: String
    /// The question as MCP shapes it.
    public let params: JSONValue
}

extension JSONValue {
    /// The answer of a user who filled in a form.
    public static func accept(_ content: JSONObject) -> JSONValue {
        ["action": "accept", "content": .object(content)]
    }

    /// The answer of a user who said no.
    public static let decline: JSONValue = ["action": "decline"]

    /// The answer of a user who closed the question.
    public static let cancel: JSONValue = ["action": "cancel"]

    /// The answer of a model that says one text.
    public static func sampled(_ text: String) -> JSONValue {
        [
            "role": "assistant", "content": ["type": "text", "text": .string(text)], "model": "test-model",
            "stopReason": "endTurn",
        ]
    }

    /// The answer of a client that works in these folders.
    public static func roots(_ uris: [String]) -> JSONValue {
        ["roots": .array(uris.map { ["uri": .string($0)] })]
    }
}
