/// What a client says it is.
public struct ClientInfo: Sendable, Hashable {
    /// Its programmatic name.
    public let name: String
    /// Its version; empty when it does not say.
    public let version: String
    /// A name for people.
    ///
    /// Nil: the name is shown.
    public let title: String?
}
