/// One thing that is wrong with a declaration.
package struct DeclarationFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The way to it, from the plugin's mapping.
    package let path: [DeclarationStep]
    /// What is wanted there, as the rest of a sentence that begins with "expected".
    package let expected: String
    /// What stands there, as the rest of a sentence that begins with "found".
    package let found: String

    package var description: String { "\(path.keyPath): expected \(expected), found \(found)" }
}
