/// How HTTP is served.
package struct HTTPConfiguration: Sendable, Hashable {
    /// Bytes a request's body may have; more is answered with 413.
    ///
    /// Default 30 MB.
    package var maxBody = 30_000_000
    /// Origins a browser may call from, such as https://example.com; a star allows all.
    ///
    /// Default: only the host itself.
    package var allowedOrigins: [String] = []
    /// Names that may stand in the header Host, without port; a star allows all.
    ///
    /// Default: loopback names and the listen address when it is a loopback address, anything otherwise.
    package var allowedHosts: [String] = []
    /// Time between two comments that keep a silent event stream alive, longer than 0.
    ///
    /// Default 15 seconds.
    package var keepAlive: Duration = .seconds(15)
    /// How long a connection may stay silent before it is closed while no answer is due.
    ///
    /// Default one minute.
    package var idleTimeout: Duration = .seconds(60)
}
