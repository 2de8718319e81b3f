/// How the client's user answered a question.
public enum Elicited<Answer: Sendable>: Sendable {
    /// The form was filled in and sent.
    case accepted(Answer)
    /// The user said no.
    case declined
    /// The user closed the question without an answer.
    case cancelled

    /// What was sent, or nil when the user did not answer.
    public var accepted: Answer? { if case .accepted(let answer) = self { answer } else { nil } }

    /// Reads an ElicitResult; nil when it is none, or its content is not what was asked for.
    init?(_ json: JSONValue, content: (JSONValue) -> Answer?) {
        switch json["action"]?.string {
        case "accept":
            guard let answer = content(json["content"] ?? .object([:])) else { return nil }
            self = .accepted(answer)
        case "decline": self = .declined
        case "cancel": self = .cancelled
        default: return nil
        }
    }
}

extension Elicited: Equatable where Answer: Equatable {}
