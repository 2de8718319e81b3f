/// What an operator says about keeping a tool's answers; where it is silent, the author's declaration holds.
package struct CacheRule: Sendable, Hashable {
    /// Whom a kept answer serves.
    package enum Scope: String, Sendable, CaseIterable {
        /// Only the principal who asked.
        case principal
        /// Everybody.
        case shared
    }

    /// How long an answer is fresh; zero: nothing is kept, whatever the author says.
    package var timeToLive: Duration?
    package var scope: Scope?
    /// How much longer an answer is served while a new one is fetched in the background.
    package var staleWhileRevalidate: Duration?
    /// How much longer an answer stands in for a failure.
    package var staleIfError: Duration?
    /// Names that the answers are kept under.
    package var tags: [String]?
    /// Tags whose answers are worthless once this tool was called.
    package var invalidates: [String]?

    package init() {}
}
