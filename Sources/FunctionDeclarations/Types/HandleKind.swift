/// A kind of handle: only functions that ask for this kind take it.
package struct HandleKind: Sendable, Hashable {
    /// Its name in host.yaml.
    package let name: String
    /// The symbol of the function with one argument that releases it.
    package let release: String
}
