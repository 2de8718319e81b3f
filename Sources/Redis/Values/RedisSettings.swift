/// Where Redis is, and how long the host waits for it.
package struct RedisSettings: Sendable, Hashable {
    package enum Endpoint: Sendable, Hashable {
        case tcp(host: String, port: Int)
        /// The path of a socket.
        case unix(String)
    }

    package var endpoint: Endpoint
    /// The name to log in with; nil: Redis's default user.
    package var user: String?
    /// Nil: no login.
    package var password: String?
    /// The number of the database.
    ///
    /// Default 0.
    package var database = 0
    /// What every key of this host begins with.
    ///
    /// Default `roost:`. Hosts that share limits and caches have the same.
    package var keyPrefix = "roost:"
    /// From the first step to a greeted connection.
    ///
    /// Default 1 s.
    package var connectTimeout: Duration = .seconds(1)
    /// From ``RedisClient/send(_:timeout:_:)`` to the answer.
    ///
    /// Default 250 ms.
    package var commandTimeout: Duration = .milliseconds(250)
    /// Commands that may be under way on one connection; one more is refused.
    ///
    /// Default 8192.
    package var queue = 8_192
    /// Connections at most; there is one for each event loop up to that.
    ///
    /// Default 8.
    package var connections = 8

    package init(_ endpoint: Endpoint) { self.endpoint = endpoint }
}

extension RedisSettings.Endpoint: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): path
        }
    }
}
