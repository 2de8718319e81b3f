/// A shared library and what of it is served: `library`, `types` and `functions` of one plugin in host.yaml.
package struct LibraryDeclaration: Sendable, Hashable {
    /// A symbol the library must have, and the key that names it.
    package struct Symbol: Sendable, Hashable {
        package let name: String
        package let path: [DeclarationStep]
    }

    package let functions: [FunctionDeclaration]
    /// Every symbol that is named, each at every place.
    package let symbols: [Symbol]
}
