/// Something clients can read under a fixed URI.
///
/// ```
/// Resource("notes://today", name: "today", mimeType: "text/plain") { context in [.text(try notes.today())] }
/// ```
public struct Resource: Sendable {
    /// Reads the contents.
    ///
    /// Throw an ``RPCError`` for a protocol error of your own.
    public typealias Reader = @Sendable (CallContext) async throws -> [ResourceContents]

    /// Where it is.
    public let uri: String
    let definition: JSONObject
    let mimeType: String?
    let read: Reader

    /// Describes a resource.
    ///
    /// - Parameters:
    ///   - uri: Where it is, with a scheme of the plugin's own.
    ///   - name: Its programmatic name.
    ///   - title: A name for people. Default nil: the name is shown.
    ///   - description: What is in it, for the model.
    ///   - mimeType: The media type of its contents. Default nil: unknown.
    ///   - size: The size of its contents in bytes. Default nil: unknown.
    ///   - annotations: Whom it is for and how much it matters.
    ///   - icons: Pictures for user interfaces.
    ///   - meta: Members of the definition's _meta, with reverse-DNS keys.
    ///   - read: Reads the contents; never answers with an empty array.
    public init(
        _ uri: String,
        name: String,
        title: String? = nil,
        description: String? = nil,
        mimeType: String? = nil,
        size: Int? = nil,
        annotations: ContentAnnotations? = nil,
        icons: [Icon] = [],
        meta: JSONObject = [:],
        read: @escaping Reader
    ) {
        self.uri = uri
        self.mimeType = mimeType
        self.read = read
        var definition = ResourceLink(
            uri,
            name: name,
            title: title,
            description: description,
            mimeType: mimeType,
            size: size
        ).json
        definition["annotations"] = (annotations?.json).map(JSONValue.object)
        if !icons.isEmpty { definition["icons"] = .array(icons.map(\.json)) }
        if !meta.isEmpty { definition["_meta"] = .object(meta) }
        self.definition = definition
    }
}
