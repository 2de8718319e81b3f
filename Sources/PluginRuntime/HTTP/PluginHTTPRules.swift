package import OutboundHTTP

/// What host.yaml says about one plugin's requests.
package struct PluginHTTPRules: Sendable, Equatable {
    /// Whom it may reach.
    ///
    /// Default: nobody.
    package var egress: [EgressEntry] = []
    /// Fields the host adds where the address fits.
    package var attached: [AttachedHeaders] = []
    /// Names of variables that header fields of the plugin's manifest may hold.
    ///
    /// Default: none.
    package var grantedSecrets: Set<String> = []
    /// Those of them that are set, with their values.
    package var secrets: [String: String] = [:]
    /// Requests under way at once; others wait.
    ///
    /// Default 128.
    package var concurrency = 128
    /// Requests that may wait; one more is refused.
    ///
    /// Default 1024.
    package var queue = 1024
    /// Bytes of answers kept for use again; 0: none.
    ///
    /// Default 0.
    package var cache = 0
    /// Bytes of an answer that is taken whole, and of a request.
    ///
    /// Default 30 MB.
    package var maximumBody = 30_000_000
    /// How often an idempotent request is sent again at most.
    ///
    /// Default 2.
    package var retries = 2

    package init() {}
}
