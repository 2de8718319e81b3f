/// One message of a prompt or of a conversation.
public struct PromptMessage: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable {
        case user, assistant
    }

    /// Who speaks.
    public var role: Role
    /// What is said: text, a picture, a sound, a resource.
    public var content: Content

    /// Makes a message.
    public init(_ role: Role, _ content: Content) {
        self.role = role
        self.content = content
    }

    /// Makes a message of the user.
    public static func user(_ content: Content) -> PromptMessage { PromptMessage(.user, content) }

    /// Makes a message of the model.
    public static func assistant(_ content: Content) -> PromptMessage { PromptMessage(.assistant, content) }

    var json: JSONValue { ["role": .string(role.rawValue), "content": content.json] }
}
