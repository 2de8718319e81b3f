/// A key whose hash stands in the configuration.
package struct AuthKeyConfiguration: Sendable, Hashable {
    /// The key's id, as `roost key new` told it.
    package var id: String
    /// Who uses it.
    ///
    /// Default: the id.
    package var principal: String
    /// What is kept of it, as `roost key new` told it; read where keys are checked.
    package var hash: String
    /// What it allows.
    package var scopes: [String]
    /// Seconds of the Unix epoch from which on it is refused.
    ///
    /// Default nil: never.
    package var expires: Int64?
}
