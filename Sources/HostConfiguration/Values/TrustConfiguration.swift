/// Which libraries the host runs.
package struct TrustConfiguration: Sendable, Hashable {
    /// What is asked of a library.
    package enum Requirement: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case none
        /// A signature by one of the keys.
        case all
    }

    /// A public key, as `roost plugin keygen` tells it.
    package struct Key: Sendable, Hashable {
        /// What the file calls it.
        package var name: String
        /// `ed25519:` and 64 hexadecimal digits.
        package var text: String
    }

    /// What is asked of every plugin that does not say so itself.
    ///
    /// Default: nothing.
    package var require = Requirement.none
    /// The keys that may sign, in the file's order.
    ///
    /// Default: none.
    package var keys: [Key] = []
}
