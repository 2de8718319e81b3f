/// A C library whose functions a plugin serves, as host.yaml names it.
package struct ForeignLibrary: Sendable {
    /// A symbol it must have.
    struct Symbol: Sendable {
        let name: String
        let place: ConfigurationFault.Place
        let keyPath: String
    }

    /// The plugin that makes tools of declarations.
    static let adapter = "libFunctions.so"

    /// The file name, to be found in the search path or among the system's libraries, or an absolute path.
    package let name: String
    let symbols: [Symbol]
}
