/// Limits and allow-lists of the HTTP listener.
package struct HTTPSettings: Sendable {
    /// Largest request body in bytes; more is answered 413.
    ///
    /// Default 30 MB.
    package var maximumBody = 30_000_000
    /// Most bytes of a request's target and headers together; more is answered 431.
    ///
    /// Default 8 KiB.
    package var maximumHeaders = 8_192
    /// Origins of browsers that may call besides loopback ones, as `https://host[:port]`; `*` allows all.
    ///
    /// Default none.
    package var allowedOrigins: [String] = []
    /// Host names clients may use besides loopback ones; `*` allows all.
    ///
    /// Default none.
    package var allowedHosts: [String] = []
    /// How long a request may stay quiet before its answer becomes a stream with comments that keep it alive.
    ///
    /// Default 15 s.
    package var keepAlive = Duration.seconds(15)
    /// How long a client may take to send a whole request.
    ///
    /// Default 60 s.
    package var requestTimeout = Duration.seconds(60)
    /// How long a connection may stay open without a request.
    ///
    /// Default 120 s.
    package var idleTimeout = Duration.seconds(120)
    /// A path that answers as /ping does, beside it.
    package var probePath = "/ping"
    /// True for a listener of its own for probes, which answers /ping, ``probePath`` and /health and nothing else.
    package var servesOnlyProbes = false
    /// True when GET may open a stream that belongs to no request of a legacy session.
    package var legacyStreams = true
    /// Header fields of every response, beside its own.
    package var commonFields: [(name: String, value: String)] = []

    package init() {}
}
