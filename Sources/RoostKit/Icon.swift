/// A picture for user interfaces.
public struct Icon: Sendable, Hashable {
    /// The background a picture was drawn for.
    public enum Theme: String, Sendable {
        case light, dark
    }

    /// An https or data URL.
    public var source: String
    /// The picture's media type.
    ///
    /// Nil: whatever the source says.
    public var mimeType: String?
    /// Sizes such as 48x48, or any for a scalable picture.
    ///
    /// Empty: unknown.
    public var sizes: [String]
    /// The background it was drawn for.
    ///
    /// Nil: either.
    public var theme: Theme?

    /// Describes a picture.
    public init(_ source: String, mimeType: String? = nil, sizes: [String] = [], theme: Theme? = nil) {
        self.source = source
        self.mimeType = mimeType
        self.sizes = sizes
        self.theme = theme
    }

    var json: JSONValue {
        var object: JSONObject = ["src": .string(source)]
        object["mimeType"] = mimeType.map(JSONValue.string)
        if !sizes.isEmpty { object["sizes"] = .array(sizes.map(JSONValue.string)) }
        object["theme"] = (theme?.rawValue).map(JSONValue.string)
        return .object(object)
    }
}
