package import OutboundHTTP

/// What host.yaml says about one plugin's HTTP requests.
package struct PluginOutbound: Sendable {
    /// Whom it may reach.
    ///
    /// Default: nobody.
    package var egress: [EgressEntry] = []
    /// What the host adds to its requests.
    ///
    /// Default: nothing.
    package var upstreams: [UpstreamHeaders] = []
    /// Names of environment variables that header fields of the plugin's manifest may hold.
    ///
    /// Default: none.
    package var headerSecrets: [String] = []
    /// Requests under way at once.
    ///
    /// Default 128.
    package var concurrency = 128
    /// How often an idempotent request is sent again at most.
    ///
    /// Default 2.
    package var retries = 2
    /// Bytes of a whole answer.
    ///
    /// Default 30 MB.
    package var maximumBody = 30_000_000
    /// Bytes of answers that are kept for use again.
    ///
    /// Default 0: none.
    package var cache = 0
}
