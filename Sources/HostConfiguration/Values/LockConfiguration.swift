/// The file that says what every plugin has to be.
package struct LockConfiguration: Sendable, Hashable {
    /// When it counts.
    package enum Use: Sendable, Hashable {
        case off
        /// As soon as there is one.
        case whenThere
        /// There has to be one.
        case required
    }

    /// Default: as soon as there is one.
    package var use = Use.whenThere
    /// Absolute path.
    ///
    /// Default: beside host.yaml and called after it: host.lock.
    package var path: String
}
