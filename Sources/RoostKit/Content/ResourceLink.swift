/// Points to a resource without carrying it.
public struct ResourceLink: Sendable, Hashable {
    /// Where the resource is.
    public var uri: String
    /// Its programmatic name.
    public var name: String
    /// A name for people.
    ///
    /// Nil: the name is shown.
    public var title: String?
    /// What is in it.
    public var description: String?
    /// The media type of its contents.
    ///
    /// Nil: unknown.
    public var mimeType: String?
    /// The size of its contents in bytes.
    ///
    /// Nil: unknown.
    public var size: Int?

    /// Points to a resource.
    public init(
        _ uri: String,
        name: String,
        title: String? = nil,
        description: String? = nil,
        mimeType: String? = nil,
        size: Int? = nil
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.size = size
    }

    var json: JSONObject {
        var object: JSONObject = ["uri": .string(uri), "name": .string(name)]
        object["title"] = title.map(JSONValue.string)
        object["description"] = description.map(JSONValue.string)
        object["mimeType"] = mimeType.map(JSONValue.string)
        object["size"] = size.map { .integer(Int64($0)) }
        return object
    }
}
