/// How a client connects.
package struct ClientSettings: Sendable {
    /// Which requests go through a proxy.
    ///
    /// Default: none.
    package var proxies = ProxySelection()
    /// A file of certificates in PEM to trust instead of the system's.
    ///
    /// Default nil: the system's.
    package var authorities: String?
    /// The value of User-Agent where a request has none.
    ///
    /// Default "roost".
    package var userAgent = "roost"
    /// From the first packet to a connection that can be used, TLS included.
    ///
    /// Default 10 s.
    package var connectTimeout = Duration.seconds(10)
    /// Connections that are kept for the next request at most.
    ///
    /// Default 256.
    package var idleConnections = 256
    /// How long a name's addresses are used before they are asked for again.
    ///
    /// Default 60 s.
    package var nameLifetime = Duration.seconds(60)
    /// Gives the addresses of a name in place of the system's resolver; nil, or an empty answer: the system is asked.
    ///
    /// For tests of what names may do. Default nil.
    package var addresses: (@Sendable (_ host: String, _ port: UInt16) -> [IPAddress])?

    package init() {}
}
