/// What host.yaml says about keeping the answers of one tool; nil: what the tool's author says.
package struct ToolCacheConfiguration: Sendable, Hashable {
    /// Whom a kept answer serves.
    package enum Scope: String, Sendable, CaseIterable { case principal, shared }

    /// How long an answer is fresh; zero: nothing is kept.
    package var ttl: Duration?
    package var scope: Scope?
    /// How much longer it is served while a new one is fetched.
    package var staleWhileRevalidate: Duration?
    /// How much longer it stands in for a failure.
    package var staleIfError: Duration?
    /// Names the answers can be purged by.
    package var tags: [String]?
    /// Tags that a call of this tool purges.
    package var invalidates: [String]?
}
