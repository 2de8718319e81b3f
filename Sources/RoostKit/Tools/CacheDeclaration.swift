/// What an author allows the host to keep of a tool's answers.
public struct CacheDeclaration: Sendable, Hashable {
    /// Whom a kept answer serves.
    public enum Scope: String, Sendable {
        /// Everybody who sends the same arguments.
        case shared
        /// Only the one who asked first.
        case principal
    }

    /// How long an answer stays good.
    public var timeToLive: Duration
    /// Whom it serves.
    ///
    /// Default: only the one who asked.
    public var scope: Scope

    /// Names that the answers can be purged by: a tool that writes gives them in its `invalidates`.
    ///
    /// Default: none.
    public var tags: [String]

    /// Allows answers to be kept.
    public init(for timeToLive: Duration, scope: Scope = .principal, tags: [String] = []) {
        self.timeToLive = timeToLive
        self.scope = scope
        self.tags = tags
    }
}
