/// A message, or several, that a client's user can pick and send to the model.
///
/// ```
/// Prompt("review", description: "Reviews a file.", arguments: [PromptArgument("path")]) { arguments, _ in
///     [.user("Review \(arguments.path) and list what is wrong with it.")]
/// }
/// ```
public struct Prompt: Sendable {
    /// What a client gave for the arguments, all of them text.
    @dynamicMemberLookup
    public struct Arguments: Sendable {
        /// The values by name.
        public let values: [String: String]

        /// The value of an argument; empty when it was not given.
        public subscript(name: String) -> String { values[name] ?? "" }
        /// The value of an argument; empty when it was not given.
        public subscript(dynamicMember name: String) -> String { self[name] }
    }

    /// Writes the messages.
    public typealias Writer = @Sendable (Arguments, CallContext) async throws -> [PromptMessage]

    /// The name clients ask for.
    public let name: String
    let title: String?
    let description: String?
    let arguments: [PromptArgument]
    let icons: [Icon]
    let meta: JSONObject
    let write: Writer

    /// Describes a prompt.
    ///
    /// - Parameters:
    ///   - name: The name clients ask for.
    ///   - title: A name for people. Default nil: the name is shown.
    ///   - description: What it is for.
    ///   - arguments: What it can be told. A required one that is missing ends the request before the
    ///     messages are written.
    ///   - icons: Pictures for user interfaces.
    ///   - meta: Members of the definition's _meta, with reverse-DNS keys.
    ///   - write: Writes the messages.
    public init(
        _ name: String,
        title: String? = nil,
        description: String? = nil,
        arguments: [PromptArgument] = [],
        icons: [Icon] = [],
        meta: JSONObject = [:],
        write: @escaping Writer
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
        self.icons = icons
        self.meta = meta
        self.write = write
    }

    var definition: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        object["title"] = title.map(JSONValue.string)
        object["description"] = description.map(JSONValue.string)
        if !arguments.isEmpty { object["arguments"] = .array(arguments.map { .object($0.json) }) }
        if !icons.isEmpty { object["icons"] = .array(icons.map(\.json)) }
        if !meta.isEmpty { object["_meta"] = .object(meta) }
        return object
    }
}
