/// A family of resources whose URIs follow a pattern.
///
/// ```
/// ResourceTemplate("notes://{day}/text", name: "note", mimeType: "text/plain") { note, context in
///     [.text(try notes.read(note["day"]))]
/// }
/// ```
public struct ResourceTemplate: Sendable {
    /// One read of a family's member.
    public struct Match: Sendable {
        /// The URI that was asked for.
        public let uri: String
        /// What the variables stand for, percent-decoded.
        public let variables: [String: String]

        /// The value of a variable; empty when the pattern has no such variable.
        public subscript(variable: String) -> String { variables[variable] ?? "" }
    }

    /// Reads a member.
    ///
    /// Throw ``RPCError/resourceNotFound(_:)`` when there is no such member.
    public typealias Reader = @Sendable (Match, CallContext) async throws -> [ResourceContents]

    /// The pattern, RFC 6570 level 1: variables in braces, each within one segment of the URI.
    public let uriTemplate: String
    let definition: JSONObject
    let mimeType: String?
    let completers: [String: Completer]
    let read: Reader

    /// Describes a family of resources.
    ///
    /// - Parameters:
    ///   - uriTemplate: The pattern, for example notes://{day}/text.
    ///   - name: Its programmatic name.
    ///   - title: A name for people. Default nil: the name is shown.
    ///   - description: What is in the resources, for the model.
    ///   - mimeType: The media type of all members. Default nil: it differs or is unknown.
    ///   - annotations: Whom they are for and how much they matter.
    ///   - icons: Pictures for user interfaces.
    ///   - meta: Members of the definition's _meta, with reverse-DNS keys.
    ///   - completers: Suggestions by variable. Default: none.
    ///   - read: Reads a member; never answers with an empty array.
    public init(
        _ uriTemplate: String,
        name: String,
        title: String? = nil,
        description: String? = nil,
        mimeType: String? = nil,
        annotations: ContentAnnotations? = nil,
        icons: [Icon] = [],
        meta: JSONObject = [:],
        completing completers: [String: Completer] = [:],
        read: @escaping Reader
    ) {
        self.uriTemplate = uriTemplate
        self.mimeType = mimeType
        self.completers = completers
        self.read = read
        var definition: JSONObject = ["uriTemplate": .string(uriTemplate), "name": .string(name)]
        definition["title"] = title.map(JSONValue.string)
        definition["description"] = description.map(JSONValue.string)
        definition["mimeType"] = mimeType.map(JSONValue.string)
        definition["annotations"] = (annotations?.json).map(JSONValue.object)
        if !icons.isEmpty { definition["icons"] = .array(icons.map(\.json)) }
        if !meta.isEmpty { definition["_meta"] = .object(meta) }
        self.definition = definition
    }
}
