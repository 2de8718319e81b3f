/// A folder that the client works in.
public struct Root: Sendable, Hashable {
    /// Where it is; a file URI.
    public let uri: String
    /// A name for people.
    ///
    /// Nil: the URI is shown.
    public let name: String?

    init?(_ json: JSONValue) {
        guard let uri = json["uri"]?.string else { return nil }
        self.uri = uri
        name = json["name"]?.string
    }
}
