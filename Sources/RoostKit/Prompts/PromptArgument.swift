/// Something a prompt can be told.
public struct PromptArgument: Sendable {
    /// Its name.
    public let name: String
    /// A name for people.
    ///
    /// Nil: the name is shown.
    public let title: String?
    /// What it means.
    public let description: String?
    /// True when the prompt cannot do without.
    ///
    /// Default false.
    public let isRequired: Bool
    /// Suggests values while a user types.
    ///
    /// Nil: there are no suggestions.
    public let completer: Completer?

    /// Describes an argument.
    public init(
        _ name: String,
        title: String? = nil,
        description: String? = nil,
        required: Bool = false,
        completing completer: Completer? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        isRequired = required
        self.completer = completer
    }

    var json: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        object["title"] = title.map(JSONValue.string)
        object["description"] = description.map(JSONValue.string)
        if isRequired { object["required"] = true }
        return object
    }
}
