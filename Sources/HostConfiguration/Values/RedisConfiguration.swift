/// The Redis that several hosts share, and how long this one waits for it.
package struct RedisConfiguration: Sendable, Hashable {
    /// Nil: no Redis is used, and hosts share nothing.
    package var url: RedisURL?
    /// What every key begins with; hosts with the same one share their limits and caches.
    ///
    /// Default `roost:`.
    package var keyPrefix = "roost:"
    /// How long a connection may take to be made, longer than 0.
    ///
    /// Default 1 second.
    package var connectTimeout: Duration = .seconds(1)
    /// How long an answer may take, longer than 0.
    ///
    /// Default 250 milliseconds.
    package var timeout: Duration = .milliseconds(250)
}
