/// What is asked of one plugin's library.
package struct PluginTrustConfiguration: Sendable, Hashable {
    /// Default nil: as the host says.
    package var require: TrustConfiguration.Requirement?
    /// Names of the keys of which one must have signed.
    ///
    /// Default: none, which means any of them where a signature is asked for.
    package var signedBy: [String] = []
    /// The SHA-256 the library must have, 64 hexadecimal digits; on its own it is trust enough.
    ///
    /// Default nil: any.
    package var digest: String?

    package init() {}
}
