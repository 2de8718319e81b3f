/// Where the log of calls and administrative actions goes, and what stands in it.
package struct AccessLogConfiguration: Sendable, Hashable {
    /// Where lines go.
    package enum Target: Sendable, Hashable {
        /// Nowhere; administrative actions and refusals then stand in the host's own log.
        case off
        case standardError
        /// Absolute path of a file.
        case file(String)
    }

    /// Default: off.
    package var target = Target.off
    /// Whether the arguments of calls are written, without the secrets that can be told as such.
    ///
    /// Default: false.
    package var arguments = false
}
