/// How the client stands with Redis, for /health and whoever asks.
package struct RedisHealth: Sendable, Hashable {
    /// Connections that take commands.
    package var ready = 0
    /// Connections there should be.
    package var wanted = 0
    /// Commands under way.
    package var pending = 0
    /// Why the last connection failed or broke; nil while all are well.
    package var problem: String?

    /// True when every connection takes commands.
    package var isWell: Bool { ready == wanted }
}
