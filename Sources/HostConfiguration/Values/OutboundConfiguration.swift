/// How the host itself connects when it sends HTTP requests, for itself and for plugins.
package struct OutboundConfiguration: Sendable, Hashable {
    /// Address of a proxy for everything.
    ///
    /// Default nil: as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say; empty: none.
    package var proxy: String?
    /// Who is reached without the proxy; nil: as NO_PROXY says.
    package var noProxy: [String]?
    /// Absolute path of certificates in PEM to trust instead of the system's.
    ///
    /// Default nil: the system's.
    package var authorities: String?
    /// The value of User-Agent where a request has none; nil: roost and its version.
    package var userAgent: String?
    /// From the first packet to a connection that can be used.
    ///
    /// Default 10 s.
    package var connectTimeout: Duration = .seconds(10)
    /// Connections kept for the next request, at most.
    ///
    /// Default 256.
    package var idleConnections = 256
}
